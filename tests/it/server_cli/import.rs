//! Bringing in an institution from files.

use super::*;

/// The files that the documentation shows.
pub(super) fn sample_files() -> Result<Vec<String>> {
    let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/import");
    let mut files = Vec::new();
    for entry in std::fs::read_dir(dir)? {
        files.push(text(&entry?.path())?.to_owned());
    }
    Ok(files)
}

#[tokio::test]
async fn an_institution_is_brought_in_from_files_and_its_officer_sees_the_board() -> Result<()> {
    let dir = tempfile::tempdir()?;
    let data = text(dir.path())?;
    let files = sample_files()?;
    let import = |more: &[&str]| -> Result<Command> {
        let mut command = elms_server(&["import", "--data", data])?;
        command.args(more).args(&files);
        Ok(command)
    };
    let (content, dry, why) = said(&mut import(&["--dry-run"])?).await?;
    ensure!(
        content && dry.contains("sittings\t2 new") && !dry.contains("password"),
        "{dry}{why}"
    );
    let (content, first, why) = said(&mut import(&[])?).await?;
    ensure!(content, "{first}{why}");
    let told = "first password\texams@harbour.example\t";
    let password = first
        .lines()
        .find_map(|line| line.strip_prefix(told))
        .context("no password")?;
    let (content, again, why) = said(&mut import(&[])?).await?;
    ensure!(
        content && again.contains("people\t0 new\t0 changed\t8 same"),
        "{again}{why}"
    );
    ensure!(!again.contains("password"), "{again}");

    let (content, register, why) =
        said(&mut elms_server(&["export", "--data", data, "register"])?).await?;
    ensure!(content && register.lines().count() == 8, "{register}{why}");
    let mut child = elms_server(&["serve", "--data", data, "--listen", "127.0.0.1:0"])?.spawn()?;
    let url = listening(&mut child).await?;
    let (status, answer) = sign_in(&url, "exams@harbour.example", password).await?;
    ensure!(status == 200, "{answer}");
    let token = answer["data"]["token"].as_str().context("no token")?;
    let board: Value = reqwest::Client::new()
        .get(format!("{url}/api/sync/snapshot"))
        .bearer_auth(token)
        .send()
        .await?
        .json()
        .await?;
    let records = board["records"].as_array().context("no records")?;
    let n_of = |kind: &str| {
        records
            .iter()
            .filter(|record| record["kind"] == json!(kind))
            .count()
    };
    let counts = ["sitting", "batch", "candidate", "venue", "person"].map(n_of);
    ensure!(counts == [2, 2, 7, 2, 8], "{counts:?}");
    let export = ["export", "--data", data, "register"];
    let busy_too = refusal(&mut elms_server(&export)?).await?;
    ensure!(busy_too.contains("a server is using"), "{busy_too}");
    // Somebody else's server is left alone.
    let busy = refusal(&mut import(&[])?).await?;
    ensure!(busy.contains("a server is using"), "{busy}");
    Ok(())
}
