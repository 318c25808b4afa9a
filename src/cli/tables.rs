//! What stands around the program: variables and files, for help texts and the manual.

/// Variables that change what Lapel does, with what they do.
pub(super) const ENVIRONMENT: &[(&str, &str)] = &[
    ("GROUPME_TOKEN", "The token; before every other place."),
    ("LAPEL_SERVER", "The server to use instead of GroupMe's, like --server."),
    ("LAPEL_LOG", "info or debug: how much is written to the log; commands write none without it."),
    ("HTTPS_PROXY, ALL_PROXY, NO_PROXY", "The way to the service."),
    ("ACCESSIBLE", "If set, and not 0, the editor is questions and answers, a line each, like --plain."),
    ("NO_COLOR", "If set and not empty, no colours."),
    ("TERM, COLORTERM", "What the terminal can do. TERM=dumb: the editor is like --plain; no colours and no signs beyond ASCII."),
    ("LC_ALL, LC_CTYPE, LANG", "Without UTF-8 in the first that is set, signs and frames are ASCII."),
    ("VISUAL, EDITOR", "The editor for longer texts."),
    ("XDG_CONFIG_HOME, XDG_STATE_HOME, XDG_CACHE_HOME", "Other places for the files above."),
];

/// Files Lapel reads and writes, with what is in them.
pub(super) const FILES: &[(&str, &str)] = &[
    ("~/.config/lapel/config.toml", "Your settings; Lapel only reads them. `lapel config` prints all of them."),
    ("~/.local/state/lapel/drafts/", "Unsaved edits, until they are saved or discarded."),
    ("~/.local/state/lapel/history/", "Earlier profiles and pin lists."),
    ("~/.local/state/lapel/notes/", "When SMS mode ends, what only the replies to saves tell, and a new link under way."),
    ("~/.local/state/lapel/tokens/", "The token, only if you chose a file for it."),
    ("~/.local/state/lapel/accounts/", "Who is signed in and where the tokens are, without them."),
    ("~/.local/state/lapel/lapel.log", "What went wrong, without the token."),
    ("~/.cache/lapel/", "Names and last values, so that the next start shows something at once."),
];
