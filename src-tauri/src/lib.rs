//! The desktop shell.

/// Opens it.
pub fn run() {
    let app = tauri::Builder::default().build(tauri::generate_context!());
    drop(app);
}
