//! The window: opened where it was left, and remembered when it closes.

use std::path::Path;

use elms_protocol::{IncidentRef, host::HostError};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use tauri::menu::Menu;
use tauri::{AppHandle, Manager as _, WebviewUrl, WebviewWindow, WebviewWindowBuilder, Wry};

/// The first window's label, which the capabilities in `tauri.conf.json` name.
pub(crate) const MAIN: &str = "main";

/// The smallest window in which every screen still works, in logical pixels.
const SMALLEST: (f64, f64) = (1024.0, 700.0);

/// Where and how large the window is, in logical pixels of its screen.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub(crate) struct Frame {
    width: f64,
    height: f64,
    /// Left upper corner; none lets the window system choose.
    at: Option<(f64, f64)>,
    maximized: bool,
}

impl Default for Frame {
    fn default() -> Self {
        Self {
            width: 1440.0,
            height: 900.0,
            at: None,
            maximized: false,
        }
    }
}

impl Frame {
    /// The frame kept in `file`; the default when there is none or it makes no sense.
    pub(crate) fn kept(file: &Path) -> Self {
        let text = std::fs::read(file).unwrap_or_default();
        let frame: Self = serde_json::from_slice(&text).unwrap_or_default();
        let sane = frame.width >= SMALLEST.0 && frame.height >= SMALLEST.1;
        if sane { frame } else { Self::default() }
    }

    /// Keeps the frame of `window` in `file`; failing is no reason to disturb anyone.
    pub(crate) fn keep(window: &WebviewWindow, file: &Path) {
        let kept = Self::of(window)
            .and_then(|frame| serde_json::to_vec(&frame).ok())
            .map(|text| std::fs::write(file, text));
        if let Some(Err(error)) = kept {
            tracing::warn!(%error, "the window's place was not kept");
        }
    }

    fn of(window: &WebviewWindow) -> Option<Self> {
        let scale = window.scale_factor().ok()?;
        let size = window.inner_size().ok()?.to_logical::<f64>(scale);
        let at = window.outer_position().ok()?.to_logical::<f64>(scale);
        Some(Self {
            width: size.width,
            height: size.height,
            at: Some((at.x, at.y)),
            maximized: window.is_maximized().ok()?,
        })
    }

    /// Whether the window's upper edge, by which it is moved, would lie on a screen.
    fn is_reachable(&self, screens: &[(f64, f64, f64, f64)]) -> bool {
        self.at.is_some_and(|(x, y)| {
            screens.iter().any(|(left, top, width, height)| {
                x + self.width > left + 100.0
                    && x < left + width - 100.0
                    && y >= *top
                    && y < top + height - 50.0
            })
        })
    }
}

/// Opens the window in `frame`, or where the system likes when that screen is gone; at `route`, when
/// a link has asked for one.
///
/// # Errors
/// When the window system refuses.
pub(crate) fn open(
    app: &AppHandle,
    frame: Frame,
    bar: Menu<Wry>,
    route: Option<&str>,
) -> tauri::Result<WebviewWindow> {
    let page = route.map_or_else(WebviewUrl::default, page_at);
    let mut builder = WebviewWindowBuilder::new(app, MAIN, page)
        .menu(bar)
        .title("ELMS Console")
        .inner_size(frame.width, frame.height)
        .min_inner_size(SMALLEST.0, SMALLEST.1)
        .maximized(frame.maximized)
        // The page decides; nothing dropped on the window may replace it.
        .disable_drag_drop_handler();
    if let Some((x, y)) = frame.at.filter(|_| frame.is_reachable(&screens(app))) {
        builder = builder.position(x, y);
    }
    builder.build()
}

fn page_at(route: &str) -> WebviewUrl {
    WebviewUrl::App(format!("index.html{route}").into())
}

/// The wall display in a window of its own.
pub(crate) const WALL: &str = "#/monitor?wall=on&second=on";

/// What the page of a window beside the first knows itself by.
const SECOND: &str = "?second=on";
/// The longest code of a batch that a label can carry.
const LONGEST_CODE: usize = 64;

/// The label of the window beside the first that shows `route`; none for what has no such window.
fn label_of(route: &str) -> Option<String> {
    if route == WALL {
        return Some("beside-wall".to_owned());
    }
    if let Some(sitting) = route.strip_prefix("#/clock/") {
        let sitting: u32 = sitting.parse().ok()?;
        return Some(format!("beside-clock-{sitting}"));
    }
    let place = route.strip_suffix(SECOND)?;
    if let Some(case) = place.strip_prefix("#/incidents/") {
        let case: IncidentRef = serde_json::from_value(Value::from(case)).ok()?;
        return Some(format!("beside-incident-{case}"));
    }
    let batch = place.strip_prefix("#/batches/")?;
    let is_code = |c: char| c.is_ascii_alphanumeric() || "-_".contains(c);
    let fits = (1..=LONGEST_CODE).contains(&batch.len()) && batch.chars().all(is_code);
    fits.then(|| format!("beside-batch-{batch}"))
}

/// Opens the window that the page asks for beside the first, or brings it to the front.
///
/// # Errors
/// When there is no such window, or the window system refuses.
pub(crate) fn beside(app: &AppHandle, arguments: &Value) -> Result<Value, HostError> {
    let refused = |message: String| HostError::new("no_window", message);
    let route = arguments
        .get("route")
        .and_then(Value::as_str)
        .unwrap_or_default();
    let label = label_of(route).ok_or_else(|| refused(format!("No window shows {route}.")))?;
    if let Some(window) = app.get_webview_window(&label) {
        window
            .set_focus()
            .map_err(|error| refused(error.to_string()))?;
        return Ok(Value::Null);
    }
    WebviewWindowBuilder::new(app, label, page_at(route))
        .title("ELMS Console")
        .inner_size(1024.0, 700.0)
        .disable_drag_drop_handler()
        .build()
        .map_err(|error| refused(error.to_string()))?;
    Ok(Value::Null)
}

/// Closes the windows beside the first, which does not stay open without it.
pub(crate) fn close_besides(app: &AppHandle) {
    for (label, window) in app.webview_windows() {
        if label != MAIN
            && let Err(error) = window.close()
        {
            tracing::warn!(%error, label, "a window was not closed");
        }
    }
}

/// Left, top, width and height of each screen, in logical pixels.
fn screens(app: &AppHandle) -> Vec<(f64, f64, f64, f64)> {
    let monitors = app.available_monitors().unwrap_or_default();
    let area = |monitor: &tauri::Monitor| {
        let at = monitor.position().to_logical::<f64>(monitor.scale_factor());
        let size = monitor.size().to_logical::<f64>(monitor.scale_factor());
        (at.x, at.y, size.width, size.height)
    };
    monitors.iter().map(area).collect()
}

/// Brings the window to the front, whatever hides it.
pub(crate) fn show(app: &AppHandle) {
    let Some(window) = app.get_webview_window(MAIN) else {
        return;
    };
    let shown = window
        .show()
        .and_then(|()| window.unminimize())
        .and_then(|()| window.set_focus());
    if let Err(error) = shown {
        tracing::warn!(%error, "the window could not be brought to the front");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SCREEN: (f64, f64, f64, f64) = (0.0, 0.0, 1920.0, 1080.0);

    fn at(x: f64, y: f64) -> Frame {
        Frame {
            at: Some((x, y)),
            ..Frame::default()
        }
    }

    #[test]
    fn a_window_left_on_a_screen_that_is_gone_is_not_opened_there() {
        assert!(at(200.0, 100.0).is_reachable(&[SCREEN]));
        assert!(!at(2400.0, 100.0).is_reachable(&[SCREEN]));
        assert!(!at(200.0, -300.0).is_reachable(&[SCREEN]));
        assert!(!Frame::default().is_reachable(&[SCREEN]));
    }

    #[test]
    fn only_the_wall_a_clock_a_case_and_a_batch_have_a_window_of_their_own() {
        const CASE: &str = "01990000-0000-7000-8000-000000000418";
        let (case, batch) = (format!("#/incidents/{CASE}"), "#/batches/BATCH-CHE104-2026");
        for (route, label) in [
            (WALL.to_owned(), "beside-wall".to_owned()),
            ("#/clock/7".to_owned(), "beside-clock-7".to_owned()),
            (
                format!("{case}?second=on"),
                format!("beside-incident-{CASE}"),
            ),
            (
                format!("{batch}?second=on"),
                "beside-batch-BATCH-CHE104-2026".to_owned(),
            ),
        ] {
            assert_eq!(label_of(&route), Some(label));
        }
        let longer = format!("#/batches/{}?second=on", "B".repeat(65));
        for route in [
            "#/clock/",
            "#/clock/7?x",
            &case,
            batch,
            &longer,
            "#/incidents/418?second=on",
            "#/batches/?second=on",
            "#/batches/../settings?second=on",
            "#/settings?second=on",
            "#/settings",
            "https://elsewhere",
            "",
        ] {
            assert_eq!(label_of(route), None, "{route}");
        }
    }

    #[test]
    fn a_frame_that_makes_no_sense_is_forgotten() {
        let file = std::env::temp_dir().join(format!("elms-frame-{}", std::process::id()));
        let mut read = Vec::new();
        for text in [
            "",
            "{]",
            r#"{"width":3,"height":9,"at":null,"maximized":false}"#,
        ] {
            std::fs::write(&file, text).unwrap();
            read.push(Frame::kept(&file));
        }
        let good = Frame {
            width: 1200.0,
            ..at(5.0, 6.0)
        };
        std::fs::write(&file, serde_json::to_vec(&good).unwrap()).unwrap();
        read.push(Frame::kept(&file));
        std::fs::remove_file(&file).unwrap();
        assert_eq!(
            read,
            [Frame::default(), Frame::default(), Frame::default(), good]
        );
    }
}
