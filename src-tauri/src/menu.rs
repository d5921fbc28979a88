//! The menu bar of the first window: every place, and what is done from anywhere.
//!
//! The keys belong to the page, where people may put others; so the menu names none.

use elms_client::Tongue;
use tauri::menu::{Menu, MenuEvent, MenuItem, Submenu};
use tauri::{AppHandle, Manager as _, Wry};

use crate::forward;
use crate::window;

/// Ends the console.
const QUIT: &str = "menu-quit";
/// Opens the wall display beside.
const WALL: &str = "menu-wall";

/// The menus, and what each offers: the words' names, and the place or what is done.
const MENUS: [(&str, &[(&str, &str)]); 4] = [
    (
        "native-menu-file",
        &[
            ("native-report", "#/monitor?report=new"),
            ("native-settings", "#/settings"),
            ("native-quit", QUIT),
        ],
    ),
    (
        "native-menu-go",
        &[
            ("native-monitor", "#/monitor"),
            ("native-incidents", "#/incidents"),
            ("native-batches", "#/batches"),
            ("native-timetable", "#/timetable"),
            ("native-review", "#/review"),
            ("native-hall", "#/hall"),
            ("native-notifications", "#/notifications"),
        ],
    ),
    ("native-menu-window", &[("native-wall", WALL)]),
    (
        "native-menu-help",
        &[
            ("native-keys", "#/monitor?keys=on"),
            ("native-diagnostics", "#/settings/diagnostics"),
        ],
    ),
];

/// The bar in one language; a window is opened with it.
///
/// # Errors
/// When the window system refuses.
pub(crate) fn bar(app: &AppHandle, tongue: Tongue) -> tauri::Result<Menu<Wry>> {
    let bar = Menu::new(app)?;
    for (title, offers) in MENUS {
        let menu = Submenu::new(app, tongue.say(title), true)?;
        for (words, id) in offers {
            let words = tongue.say(words);
            menu.append(&MenuItem::with_id(app, *id, words, true, None::<&str>)?)?;
        }
        bar.append(&menu)?;
    }
    Ok(bar)
}

/// Says the same in another language. The bar is made anew: what a menu in it is called cannot be
/// changed under GTK (muda 0.20 puts the name into a box, and looks for it beside).
pub(crate) fn speak(app: &AppHandle, tongue: Tongue) {
    let Some(window) = app.get_webview_window(window::MAIN) else {
        return;
    };
    if let Err(error) = bar(app, tongue).and_then(|bar| window.set_menu(bar)) {
        tracing::warn!(%error, "the menu does not follow");
    }
}

/// Does what was chosen; what belongs to the tray is heard there.
#[expect(
    clippy::needless_pass_by_value,
    reason = "the window system hands it over"
)]
pub(crate) fn choose(app: &AppHandle, event: MenuEvent) {
    match event.id().as_ref() {
        QUIT => app.exit(0),
        WALL => {
            let wall = serde_json::json!({ "route": window::WALL });
            if let Err(error) = window::beside(app, &wall) {
                tracing::warn!(message = error.message, "the wall display was not opened");
            }
        }
        route if route.starts_with("#/") => forward::go(app, route),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_item_has_words_in_every_language() {
        for tongue in [Tongue::En, Tongue::Fr, Tongue::Ar] {
            let named = MENUS
                .iter()
                .flat_map(|(title, offers)| offers.iter().map(|(words, _)| words).chain([title]));
            for words in named {
                assert_ne!(&tongue.say(words), words, "{tongue:?}");
            }
        }
    }
}
