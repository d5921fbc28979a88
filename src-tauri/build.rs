//! Tells Tauri which calls the user interface may make; each then needs a permission of its own,
//! given in `tauri.conf.json`, and what no capability lists is refused.

use elms_protocol::host::CALLS;

fn main() {
    let app = tauri_build::AppManifest::new().commands(CALLS);
    let attributes = tauri_build::Attributes::new().app_manifest(app);
    tauri_build::try_build(attributes).expect("the shell's configuration is valid");
}
