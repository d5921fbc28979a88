//! The desktop shell of the ELMS Console: window, tray, native notifications, key store and the
//! hosted server, around the Tauri-free client.
//!
//! * [`shell`] holds the client while the window is open
//! * [`commands`] hands it the calls of the user interface, [`forward`] brings back what changes
//! * [`notify`], [`tray`], [`window`], [`vault`] and [`companion`] each own one piece of the desktop
//! * [`station`] says which station this is, [`renderer`] how it draws, [`logs`] what it writes down

mod commands;
mod companion;
mod forward;
mod link;
mod logs;
mod menu;
mod notify;
mod renderer;
mod shell;
mod station;
mod tray;
mod vault;
mod window;

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

use elms_client::config::DesktopWorks;
use elms_client::{Console, Tongue};
use tauri::{App, AppHandle, Manager as _, RunEvent, WindowEvent};

use companion::Companion;
use shell::Shell;
use station::Station;
use tray::{Choice, Tray};
use vault::KeyStore;
use window::{Frame, MAIN};

/// Opens the window and stays until it is closed.
///
/// What goes wrong before there is a window is said on standard error.
pub fn run() -> ExitCode {
    renderer::choose();
    match build() {
        Ok(app) => {
            app.run(|app, event| attend(app, &event));
            ExitCode::SUCCESS
        }
        Err(error) => {
            use std::io::Write as _;
            drop(writeln!(std::io::stderr().lock(), "elms-console: {error}"));
            ExitCode::FAILURE
        }
    }
}

fn build() -> tauri::Result<App> {
    let builder = tauri::Builder::default()
        .invoke_handler(commands::answer)
        .setup(|app| Ok(set_up(app.handle())?));
    let builder = if own_folder().is_some() {
        builder
    } else {
        builder.plugin(alone())
    };
    builder.build(context())
}

/// What the build has put into the program: configuration, icons, user interface.
#[expect(
    clippy::exit,
    reason = "the macro's own code, for a program that was tampered with"
)]
fn context() -> tauri::Context {
    tauri::generate_context!()
}

/// A second start brings the first one's window to the front, and ends.
///
/// Consoles with a folder of their own are stations of their own, and may run beside each other.
fn alone() -> tauri::plugin::TauriPlugin<tauri::Wry> {
    tauri_plugin_single_instance::init(|app, arguments, _folder| {
        window::show(app);
        if let Some(route) = link::route_of(&arguments) {
            forward::go(app, &route);
        }
    })
}

/// The station's folder, when `ELMS_CONSOLE_DATA` chooses one.
fn own_folder() -> Option<PathBuf> {
    std::env::var_os("ELMS_CONSOLE_DATA")
        .filter(|path| !path.is_empty())
        .map(PathBuf::from)
}

fn set_up(app: &AppHandle) -> tauri::Result<()> {
    let folder = match own_folder() {
        Some(folder) => folder,
        None => app.path().app_local_data_dir()?,
    };
    // When this fails the client says so in the window.
    drop(std::fs::create_dir_all(&folder));
    logs::begin(&folder);
    let papers = papers(app, &folder);
    let (console, companion) = tauri::async_runtime::block_on(open(&folder, &papers));
    if let Err(reason) = &console {
        tracing::error!(reason, "the console could not be opened");
    }
    let frame = Frame::kept(&folder.join("window.json"));
    let opened = console.as_ref().ok().cloned();
    let tongue = opened.as_ref().map(Console::tongue).unwrap_or_default();
    app.manage(Shell::new(console, companion, folder, papers));
    let bar = menu::bar(app, tongue)?;
    let arguments: Vec<String> = std::env::args().collect();
    window::open(app, frame, bar, link::route_of(&arguments).as_deref())?;
    app.on_menu_event(menu::choose);
    if let Some(console) = opened {
        follow(app, console, tongue);
    }
    end_when_asked(app.clone());
    Ok(())
}

/// Brings what the client tells to the windows, the tray and the desktop; the menu bar speaks `tongue` yet.
fn follow(app: &AppHandle, console: Console, tongue: Tongue) {
    let tray = Tray::put(app, console.tongue(), choose);
    tauri::async_runtime::spawn(forward::batches(app.clone(), console.clone(), tray, tongue));
    tauri::async_runtime::spawn(forward::notices(app.clone(), console));
}

/// Opens the client once more when it could not be opened before: what was in its way may be gone.
pub(crate) async fn try_again(app: &AppHandle) {
    let shell = app.state::<Shell>();
    if shell.console().is_ok() {
        return;
    }
    let _one = shell.trying.lock().await;
    if shell.console().is_ok() {
        return;
    }
    let (console, companion) = open(&shell.folder, &shell.papers).await;
    let opened = console.as_ref().ok().cloned();
    shell.hold(console, companion).await;
    if let Some(console) = opened {
        follow(app, console, Tongue::default());
    }
}

/// Where papers are saved: `ELMS` among the person's documents, or in the station's own folder.
fn papers(app: &AppHandle, folder: &Path) -> PathBuf {
    match app.path().document_dir() {
        Ok(documents) if own_folder().is_none() => documents.join("ELMS"),
        Ok(_) | Err(_) => folder.join("papers"),
    }
}

/// Starts the hosted server, if there is one, and opens the client; a sentence when it cannot.
async fn open(folder: &Path, papers: &Path) -> (Result<Console, String>, Option<Companion>) {
    let station = match Station::read(folder, |name| std::env::var(name).ok()) {
        Ok(station) => station,
        Err(error) => return (Err(error.to_string()), None),
    };
    let companion = match station.host() {
        Some(listen) => host(folder, listen).await,
        None => None,
    };
    let hosted = companion
        .as_ref()
        .map(|companion| companion.address().to_owned());
    let vault = KeyStore::new(&vault_name(folder));
    let config = station.config(folder, papers, hosted);
    let console = Console::open(config, Arc::new(vault.clone()), DesktopWorks::default());
    if let Ok(console) = &console {
        tell_whether_keys_are_kept(console.clone(), vault);
    }
    (console.map_err(|error| error.to_string()), companion)
}

/// A server that does not start is no reason to keep the console shut: there may be a copy to read.
async fn host(folder: &Path, listen: &str) -> Option<Companion> {
    match Companion::start(&folder.join("server"), listen).await {
        Ok(companion) => Some(companion),
        Err(error) => {
            tracing::error!(%error, "this station does not host the server");
            None
        }
    }
}

/// The name of this station's entries in the key store.
fn vault_name(folder: &Path) -> String {
    match own_folder() {
        Some(_) => format!("ELMS Console, {}", folder.display()),
        None => "ELMS Console".to_owned(),
    }
}

fn tell_whether_keys_are_kept(console: Console, vault: KeyStore) {
    tauri::async_runtime::spawn_blocking(move || console.set_keystore_works(vault.works()));
}

/// Does what the tray's menu offers.
fn choose(app: &AppHandle, choice: Choice) {
    match choice {
        Choice::Open => window::show(app),
        Choice::Report => {
            window::show(app);
            forward::go(app, "#/monitor?report=new");
        }
        Choice::Quit => app.exit(0),
    }
}

/// Ends in order when the system asks for it, and not in the middle of something.
fn end_when_asked(app: AppHandle) {
    #[cfg(unix)]
    tauri::async_runtime::spawn(async move {
        use tokio::signal::unix::{SignalKind, signal};
        let (Ok(mut term), Ok(mut interrupt)) = (
            signal(SignalKind::terminate()),
            signal(SignalKind::interrupt()),
        ) else {
            return;
        };
        tokio::select! { _ = term.recv() => {}, _ = interrupt.recv() => {} }
        app.exit(0);
    });
    #[cfg(not(unix))]
    drop(app);
}

/// Keeps the window's place when it closes, and ends the client with it.
fn attend(app: &AppHandle, event: &RunEvent) {
    let closed = |event: &WindowEvent| matches!(event, WindowEvent::CloseRequested { .. });
    if matches!(event, RunEvent::WindowEvent { event, .. } if closed(event))
        || matches!(event, RunEvent::ExitRequested { .. })
    {
        keep_frame(app);
    }
    if matches!(event, RunEvent::WindowEvent { label, event, .. } if label == MAIN && closed(event))
    {
        window::close_besides(app);
    }
    if matches!(event, RunEvent::Exit) {
        tauri::async_runtime::block_on(app.state::<Shell>().close());
    }
}

fn keep_frame(app: &AppHandle) {
    if let Some(window) = app.get_webview_window(MAIN) {
        Frame::keep(&window, &app.state::<Shell>().folder.join("window.json"));
    }
}
