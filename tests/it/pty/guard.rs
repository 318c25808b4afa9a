//! The terminal side of the runtime in a real terminal: taken, lent, lost and given back.
//!
//! The program under test is this test binary itself, started again inside a terminal with [`ROLE`] set.

use std::process::exit;

use lapel::base::{Input, Mouse, Signal};
use lapel::jobs::picture;
use lapel::runtime::events::Events;
use lapel::runtime::input::ESCAPE;
use lapel::runtime::panic::install_hooks;
use lapel::runtime::signals::Signals;
use lapel::runtime::terminal::TerminalGuard;
use rustix::process::Signal as Raw;

use super::Pty;

/// Set for the program in the terminal: to [`LISTENING`], or to anything else for one that never looks at its signals.
const ROLE: &str = "LAPEL_TEST_PROGRAM";
const LISTENING: &str = "listening";
const INPUT_ENDED: u32 = 42;
const HUNG_UP: u32 = 43;
const TERMINATED: u32 = 44;

#[test]
#[ignore = "the program that the other tests here run in a terminal"]
fn program() {
    let Ok(role) = std::env::var(ROLE) else { return };
    install_hooks(|| eprint!("draft saved\r\n"), |report| report.replace("secret", "******"), true).unwrap();
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
    let code = runtime.block_on(run(role == LISTENING));
    exit(code.try_into().unwrap());
}

/// Shows what happens, and does what single keys ask for.
async fn run(listening: bool) -> u32 {
    let mut signals = Signals::listen().unwrap();
    let mut events = Events::open(ESCAPE).unwrap();
    let mut screen = TerminalGuard::enter(false, true).unwrap();
    let mut last = "ready".to_owned();
    loop {
        let size = screen.size();
        screen.draw(|frame| {
            frame.render_widget(format!("{last} {}x{}", size.width, size.height).as_str(), frame.area());
            frame.set_cursor_position((3, 2));
        });
        if screen.is_gone() {
            return INPUT_ENDED;
        }
        let inputs = tokio::select! {
            signal = signals.next(), if listening => match signal {
                Signal::Hangup => return HUNG_UP,
                Signal::End(_) => return TERMINATED,
                Signal::Stop => {
                    screen.suspend(|| signals.stop());
                    continue;
                }
                Signal::Continue => {
                    screen.resume();
                    continue;
                }
            },
            inputs = events.next() => match inputs {
                Ok(inputs) => inputs,
                Err(_) => return INPUT_ENDED,
            },
        };
        for input in inputs {
            last = match input {
                Input::Key(key) => {
                    match key.to_string().as_str() {
                        "m" => screen.mouse(true),
                        "n" => screen.mouse(false),
                        "c" => screen.send("\x1b]52;c;Y29waWVk\x1b\\"),
                        "p" => screen.draw(|_| panic!("the secret of drawing")),
                        "t" => drop(tokio::spawn(async { panic!("the secret of a task") })),
                        "d" => {
                            let decoder = std::thread::Builder::new().name(picture::THREAD.to_owned());
                            drop(decoder.spawn(|| panic!("a hostile picture")).unwrap().join());
                        }
                        "z" => screen.suspend(|| signals.stop()),
                        "e" => {
                            events.pause();
                            screen.suspend(read_lines);
                            events.resume_afresh().unwrap();
                            "back".clone_into(&mut last);
                            continue;
                        }
                        "q" => {
                            drop(screen);
                            println!("\nbye");
                            return 0;
                        }
                        _ => {}
                    }
                    format!("key {key}")
                }
                Input::Paste(text) => format!("paste {text}"),
                Input::Mouse(Mouse { kind, column, row, .. }) => format!("{kind:?} at {column},{row}"),
                Input::Resize(columns, rows) => {
                    screen.resize(columns, rows);
                    "resized".to_owned()
                }
                Input::LeftOut(count) => format!("{count} left out"),
                Input::Attributes { sixel } => format!("sixel {sixel}"),
            };
        }
    }
}

/// Another user of the terminal: reads lines and says so, each only once it is there for anybody to take.
fn read_lines() {
    use rustix::event::{PollFd, PollFlags, poll};
    for count in 0..LINES {
        println!("outside {count}");
        let stdin = std::io::stdin();
        poll(&mut [PollFd::new(&stdin, PollFlags::IN)], None).unwrap();
        stdin.read_line(&mut String::new()).unwrap();
    }
}

/// Enough for a second reader to catch one of them.
const LINES: u32 = 20;

const ARGUMENTS: [&str; 5] = ["pty::guard::program", "--exact", "--ignored", "--nocapture", "--test-threads=1"];

fn start() -> Pty {
    start_as(LISTENING)
}

fn start_as(role: &str) -> Pty {
    let pty = Pty::run(std::env::current_exe().unwrap(), &ARGUMENTS, &[(ROLE, role)], (60, 30));
    pty.wait_for("ready 60x30");
    pty
}

#[track_caller]
fn assert_given_back(pty: &Pty) {
    pty.screen(|screen| {
        assert!(!screen.alternate_screen(), "the alternate screen was left");
        assert!(!screen.hide_cursor(), "the cursor is shown");
        assert!(!screen.bracketed_paste(), "pastes are plain");
        assert_eq!(screen.mouse_protocol_mode(), vt100::MouseProtocolMode::None);
        assert_eq!(screen.mouse_protocol_encoding(), vt100::MouseProtocolEncoding::Default);
        assert_eq!((screen.fgcolor(), screen.bold(), screen.inverse()), (vt100::Color::Default, false, false));
    });
}

/// Whether a line end again takes the cursor to the first column, as it does not in raw mode.
#[track_caller]
fn assert_lines_start_at_the_left(pty: &Pty, text: &str) {
    pty.screen(|screen| {
        let lines: Vec<_> = screen.rows(0, 60).collect();
        assert!(lines.iter().any(|line| line.starts_with(text)), "{lines:#?}");
    });
}

#[test]
fn the_terminal_is_taken_without_a_question_and_given_back_as_it_was() {
    let mut pty = start();
    pty.screen(|screen| {
        assert!(screen.alternate_screen() && screen.bracketed_paste());
        assert_eq!(screen.mouse_protocol_mode(), vt100::MouseProtocolMode::None);
        assert_eq!((screen.hide_cursor(), screen.cursor_position()), (false, (2, 3)));
    });
    pty.keys("q");
    assert!(pty.exit().success());
    assert_given_back(&pty);
    assert_lines_start_at_the_left(&pty, "bye");
    let raw = String::from_utf8(pty.raw()).unwrap();
    for question in ["\x1b[6n", "\x1b[c", "\x1b[?u", "\x1b[>c", "\x1b[>0c", "\x1b[>q", "\x1b[>0q", "\x1b[14t", "\x1b[16t", "\x1b[18t"] {
        assert!(!raw.contains(question), "{question:?}");
    }
}

#[test]
fn keys_pastes_the_mouse_and_sizes_arrive() {
    let mut pty = start();
    pty.keys("K");
    pty.wait_for("key Shift-k");
    pty.keys("\x1b[Z");
    pty.wait_for("key Shift-Tab");
    pty.keys("é");
    pty.wait_for("key é");
    pty.paste("one\rq");
    pty.wait_for("paste one");
    pty.keys("m");
    pty.wait("the mouse to be on", |screen| screen.mouse_protocol_mode() == vt100::MouseProtocolMode::ButtonMotion);
    pty.press(7, 3);
    pty.wait_for("Press at 7,3");
    pty.drag(8, 4);
    pty.wait_for("Drag at 8,4");
    pty.release(8, 4);
    pty.wait_for("Release at 8,4");
    pty.resize(50, 8);
    pty.wait_for("resized 50x8");
    pty.keys("c");
    pty.wait_for("key c");
    assert!(String::from_utf8(pty.raw()).unwrap().contains("\x1b]52;c;Y29waWVk"));
    pty.keys("q");
    assert!(pty.exit().success());
    assert_given_back(&pty);
}

#[test]
fn half_a_key_sequence_does_not_stop_the_program() {
    let mut pty = start();
    pty.paste("x");
    pty.wait_for("paste x");
    pty.keys("\x1b[20");
    pty.kill(Raw::TERM);
    assert_eq!(pty.exit().exit_code(), TERMINATED);
}

#[test]
fn after_a_panic_in_drawing_the_terminal_is_whole_and_the_report_readable() {
    let mut pty = start();
    pty.keys("m");
    pty.wait_for("key m");
    pty.keys("p");
    assert!(!pty.exit().success());
    assert_given_back(&pty);
    assert_lines_start_at_the_left(&pty, "Message:  the ****** of drawing");
    let raw = String::from_utf8(pty.raw()).unwrap();
    assert!(!raw.contains("secret"), "{raw}");
    let place = |text: &str| raw.find(text).unwrap_or_else(|| panic!("no {text:?} in {raw:?}"));
    assert!(place("draft saved") < place("\x1b[?1049l"), "work is saved before anything else");
    assert!(place("\x1b[?1049l") < place("panicked"), "the report goes to the user's own screen");
}

#[test]
fn a_panic_ends_the_program_though_the_terminal_takes_no_output() {
    let mut pty = start();
    pty.stop_output(true);
    pty.keys("kp");
    pty.ended();
}

#[test]
fn a_panic_in_a_task_ends_the_program_the_same_way() {
    let mut pty = start();
    pty.keys("t");
    assert_eq!(pty.exit().exit_code(), 101);
    assert_given_back(&pty);
    assert_lines_start_at_the_left(&pty, "Message:  the ****** of a task");
}

#[test]
fn a_panic_in_a_picture_s_decoder_costs_the_picture_only() {
    let mut pty = start();
    pty.keys("d");
    pty.wait_for("key d");
    pty.keys("q");
    assert!(pty.exit().success());
    let raw = String::from_utf8(pty.raw()).unwrap();
    assert!(!raw.contains("hostile") && !raw.contains("draft saved"), "{raw}");
}

#[test]
fn a_hang_up_ends_the_program() {
    let mut pty = start();
    pty.hang_up();
    // Two roads lead here, and either may be the shorter one.
    let code = pty.exit().exit_code();
    assert!([HUNG_UP, INPUT_ENDED].contains(&code), "{code}");
}

#[test]
fn a_hang_up_is_noticed_without_its_signal_too() {
    let mut pty = start_as("deaf");
    pty.hang_up();
    assert_eq!(pty.exit().exit_code(), INPUT_ENDED);
}

#[test]
fn a_suspended_program_gives_the_terminal_to_the_shell_and_takes_it_back() {
    let program = std::env::current_exe().unwrap();
    let mut pty = Pty::run("/bin/sh", &["-i"], &[(ROLE, LISTENING), ("PS1", "shell> ")], (100, 20));
    pty.wait_for("shell>");
    pty.keys(&format!("{} {}\r", program.display(), ARGUMENTS.join(" ")));
    pty.wait_for("ready 100x20");
    pty.keys("m");
    pty.wait_for("key m");
    pty.keys("z");
    pty.wait("the shell's own screen", |screen| !screen.alternate_screen() && screen.contents().to_lowercase().contains("stopped"));
    assert_given_back(&pty);
    pty.resize(90, 18);
    pty.keys("fg\r");
    pty.wait_for("key z 90x18");
    pty.screen(|screen| {
        assert!(screen.alternate_screen() && screen.bracketed_paste());
        assert_eq!(screen.mouse_protocol_mode(), vt100::MouseProtocolMode::ButtonMotion);
    });
    pty.keys("q");
    pty.wait_for("bye");
    assert_given_back(&pty);
}

#[test]
fn another_program_has_the_terminal_to_itself_meanwhile() {
    let mut pty = start();
    pty.keys("e");
    for count in 0..LINES {
        pty.wait_for(&format!("outside {count}"));
        assert_given_back(&pty);
        pty.keys("mine\r");
    }
    pty.wait_for("back 60x30");
    pty.keys("k");
    pty.wait_for("key k");
    pty.keys("q");
    assert!(pty.exit().success());
}
