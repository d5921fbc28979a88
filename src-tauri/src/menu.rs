//! The menu bar of the first window: every place, and what is done from anywhere.
//!
//! The keys belong to the page, where people may put others; so the menu names none.

use elms_client::Tongue;
use tauri::menu::{Menu, MenuEvent, MenuItem, Submenu};
use tauri::{AppHandle, Wry};

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

/// The bar, in the language that is spoken.
pub(crate) struct MenuBar {
    menu: Menu<Wry>,
    menus: Vec<(Submenu<Wry>, &'static str)>,
    items: Vec<(MenuItem<Wry>, &'static str)>,
    tongue: Tongue,
}

impl std::fmt::Debug for MenuBar {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("MenuBar")
            .field("tongue", &self.tongue)
            .finish_non_exhaustive()
    }
}

impl MenuBar {
    /// Makes the bar; a window is opened with it.
    ///
    /// # Errors
    /// When the window system refuses.
    pub(crate) fn make(app: &AppHandle, tongue: Tongue) -> tauri::Result<Self> {
        let menu = Menu::new(app)?;
        let (mut menus, mut items) = (Vec::new(), Vec::new());
        for (title, offers) in MENUS {
            let submenu = Submenu::new(app, tongue.say(title), true)?;
            for (words, id) in offers {
                let item = MenuItem::with_id(app, *id, tongue.say(words), true, None::<&str>)?;
                submenu.append(&item)?;
                items.push((item, *words));
            }
            menu.append(&submenu)?;
            menus.push((submenu, title));
        }
        Ok(Self {
            menu,
            menus,
            items,
            tongue,
        })
    }

    /// For the window.
    pub(crate) fn menu(&self) -> Menu<Wry> {
        self.menu.clone()
    }

    /// Says the same in another language.
    pub(crate) fn speak(&mut self, tongue: Tongue) {
        if self.tongue == tongue {
            return;
        }
        self.tongue = tongue;
        for (menu, title) in &self.menus {
            warn(menu.set_text(tongue.say(title)));
        }
        for (item, words) in &self.items {
            warn(item.set_text(tongue.say(words)));
        }
    }
}

fn warn(result: tauri::Result<()>) {
    if let Err(error) = result {
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
