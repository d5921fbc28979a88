//! The tray icon: three shapes for the state of the line, and a short menu.

use std::panic::AssertUnwindSafe;

use elms_client::Tongue;
use tauri::image::Image;
use tauri::menu::{Menu, MenuEvent, MenuItem, PredefinedMenuItem};
use tauri::tray::{TrayIcon, TrayIconBuilder};
use tauri::{AppHandle, Manager as _, Wry};

use crate::shell::Shell;

/// What the tray shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Shape {
    /// Solid: the line is up.
    Live,
    /// A ring: the line is down, or nobody is signed in.
    Offline,
    /// With a dot: a critical incident that nobody has acknowledged.
    Critical,
}

/// What the menu offers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Choice {
    /// Open the report form.
    Report,
    /// Show the window.
    Open,
    /// End the console.
    Quit,
}

impl Choice {
    fn of(event: &MenuEvent) -> Option<Self> {
        match event.id().as_ref() {
            "report" => Some(Self::Report),
            "open" => Some(Self::Open),
            "quit" => Some(Self::Quit),
            _ => None,
        }
    }
}

/// The icon in the tray, with what it last showed.
pub(crate) struct Tray {
    icon: TrayIcon,
    line: MenuItem<Wry>,
    /// What the menu offers, each with the name of its words.
    offers: [(MenuItem<Wry>, &'static str); 3],
    tongue: Tongue,
    shown: (Shape, String),
}

impl std::fmt::Debug for Tray {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Tray")
            .field("shown", &self.shown)
            .finish_non_exhaustive()
    }
}

impl Tray {
    /// Puts the icon into the tray; none when this desktop has no tray library.
    pub(crate) fn put(
        app: &AppHandle,
        tongue: Tongue,
        chosen: fn(&AppHandle, Choice),
    ) -> Option<Self> {
        // The library is looked for at run time, and its absence is a panic there. A console
        // without a tray icon is a whole console.
        let put = quietly(|| Self::try_put(app, tongue, chosen));
        match put {
            Some(Ok(tray)) => Some(tray),
            Some(Err(error)) => {
                tracing::warn!(%error, "there is no tray icon");
                None
            }
            None => {
                tracing::warn!("there is no tray icon: libayatana-appindicator3 is not installed");
                None
            }
        }
    }

    fn try_put(
        app: &AppHandle,
        tongue: Tongue,
        chosen: fn(&AppHandle, Choice),
    ) -> tauri::Result<Self> {
        let item = |id: &str, words: &str| {
            MenuItem::with_id(app, id, tongue.say(words), true, None::<&str>)
        };
        let report = item("report", "native-report")?;
        let open = item("open", "native-open")?;
        let quit = item("quit", "native-quit")?;
        let state = tongue.say("native-line-offline");
        let line = MenuItem::with_id(app, "state", &state, false, None::<&str>)?;
        let menu = Menu::with_items(
            app,
            &[
                &line,
                &PredefinedMenuItem::separator(app)?,
                &report,
                &open,
                &PredefinedMenuItem::separator(app)?,
                &quit,
            ],
        )?;
        let icon = TrayIconBuilder::with_id("elms")
            .icon(picture(Shape::Offline))
            // The desktop reads the picture from a file. One place for all consoles of a computer would
            // let them overwrite each other's, and shut out whoever signs in to the computer next.
            .temp_dir_path(app.state::<Shell>().folder.join("tray"))
            .tooltip("ELMS Console")
            .menu(&menu)
            .on_menu_event(move |app, event| {
                if let Some(choice) = Choice::of(&event) {
                    chosen(app, choice);
                }
            })
            .build(app)?;
        Ok(Self {
            icon,
            line,
            offers: [
                (report, "native-report"),
                (open, "native-open"),
                (quit, "native-quit"),
            ],
            tongue,
            shown: (Shape::Offline, state),
        })
    }

    /// Says what the menu offers in another language.
    pub(crate) fn speak(&mut self, tongue: Tongue) {
        if self.tongue == tongue {
            return;
        }
        self.tongue = tongue;
        for (item, words) in &self.offers {
            warn(item.set_text(tongue.say(words)));
        }
    }

    /// Shows `shape`, and `words` as the menu's first line; does nothing when both are shown.
    pub(crate) fn show(&mut self, shape: Shape, words: &str) {
        if self.shown.0 != shape {
            warn(self.icon.set_icon(Some(picture(shape))));
        }
        if self.shown.1 != words {
            warn(self.line.set_text(words));
        }
        self.shown = (shape, words.to_owned());
    }
}

fn warn(result: tauri::Result<()>) {
    if let Err(error) = result {
        tracing::warn!(%error, "the tray icon does not follow");
    }
}

fn picture(shape: Shape) -> Image<'static> {
    match shape {
        Shape::Live => tauri::include_image!("icons/tray-live.png"),
        Shape::Offline => tauri::include_image!("icons/tray-offline.png"),
        Shape::Critical => tauri::include_image!("icons/tray-critical.png"),
    }
}

/// What `work` gives, or nothing when it panics, without the panic's own words on the terminal.
fn quietly<T>(work: impl FnOnce() -> T) -> Option<T> {
    let hook = std::panic::take_hook();
    std::panic::set_hook(Box::new(|_| {}));
    let done = std::panic::catch_unwind(AssertUnwindSafe(work)).ok();
    std::panic::set_hook(hook);
    done
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_three_shapes_are_three_pictures() {
        let pictures = [Shape::Live, Shape::Offline, Shape::Critical].map(picture);
        let [live, offline, critical] = pictures.map(|picture| picture.rgba().to_vec());
        assert!(live != offline && offline != critical && live != critical);
    }

    #[test]
    fn a_desktop_without_the_tray_library_does_not_end_the_console() {
        let broken: Option<()> = quietly(|| panic!("no library"));
        assert_eq!((broken, quietly(|| 7)), (None, Some(7)));
    }
}
