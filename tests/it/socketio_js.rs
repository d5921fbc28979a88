//! The official Socket.IO client 4.8.4 against our server, as the guide's code uses it.

use std::{path::Path, process::Output, time::Duration};

use anyhow::{Context as _, Result, ensure};
use elms_tests::process::{DEMO_PASSWORD, ServerProcess};
use tokio::{process::Command, time::timeout};

/// Longer than all of it takes on a busy machine.
const LATE: Duration = Duration::from_mins(3);

async fn guide(server: &ServerProcess, way: &str) -> Result<Output> {
    let js = Path::new(env!("CARGO_MANIFEST_DIR")).join("js");
    ensure!(
        js.join("node_modules").join("socket.io-client").is_dir(),
        "The official Socket.IO client is not installed: run `npm ci` in tests/js, or let \
         `cargo xtask test` do it."
    );
    let guide = Command::new("node")
        .arg(js.join("guide.mjs"))
        .args([&server.url, DEMO_PASSWORD, way])
        .kill_on_drop(true)
        .output();
    timeout(LATE, guide)
        .await
        .context("the client does not end")?
        .context("Node is not installed")
}

#[tokio::test]
async fn the_official_client_works_as_the_guide_says_with_each_of_its_transports() -> Result<()> {
    let data = tempfile::tempdir()?;
    let server = ServerProcess::start(data.path(), 0, &[]).await?;
    for way in ["websocket", "polling", "default"] {
        let output = guide(&server, way).await?;
        let said = String::from_utf8_lossy(&output.stderr);
        ensure!(output.status.success(), "by {way}:\n{said}");
    }
    server.stop().await
}
