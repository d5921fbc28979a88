//! A server has a file for each station, and many systems let a program open 1,024 unless it asks
//! for more.

#[cfg(target_os = "linux")]
#[tokio::test]
async fn a_server_lets_in_more_stations_than_the_usual_limit_of_open_files() -> anyhow::Result<()> {
    use anyhow::Context as _;
    use tokio::io::{AsyncBufReadExt as _, BufReader};

    let dir = tempfile::tempdir()?;
    let line = "ulimit -Sn 256; exec \"$0\" serve --listen 127.0.0.1:0 --data \"$1\"";
    let mut server = tokio::process::Command::new("sh")
        .args(["-c", line])
        .arg(elms_tests::process::binary("elms-server")?)
        .arg(dir.path())
        .stdin(std::process::Stdio::null())
        .stdout(std::process::Stdio::piped())
        .kill_on_drop(true)
        .spawn()?;
    let mut lines = BufReader::new(server.stdout.take().context("no stdout")?).lines();
    lines.next_line().await?.context("it ended")?;
    let limits = format!("/proc/{}/limits", server.id().context("gone")?);
    let limits = std::fs::read_to_string(limits)?;
    let files = limits
        .lines()
        .find(|line| line.starts_with("Max open files"));
    let mut numbers = files.context("no such limit")?.split_whitespace().skip(3);
    let (soft, hard) = (numbers.next(), numbers.next());
    anyhow::ensure!(soft == hard && soft != Some("256"), "{limits}");
    Ok(())
}
