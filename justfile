# The habits of CONTRIBUTING.md, for those who have `just`. Nothing needs it.

demo:
    cargo run --release -- --demo

test *what:
    cargo test --locked {{what}}

snapshots:
    INSTA_UPDATE=always cargo test --locked --test it -- screens bytes
    git diff --stat tests/it/snapshots

pictures:
    LAPEL_BLESS=1 cargo test --locked --test it -- docs

bench:
    cargo bench --bench pins --bench program

ci:
    .ci/run
