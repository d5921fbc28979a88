//! Secret files: 32 random bytes that only their owner may read.

use std::{fs, io::Write as _, path::Path};

use rand::RngCore as _;

/// The key of this name, made where it is missing; a sentence when it cannot be used.
pub(crate) fn kept(dir: &Path, name: &str) -> Result<Vec<u8>, String> {
    let path = dir.join(name);
    let key = match fs::read(&path) {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => make(dir, &path),
        read => read,
    };
    let key = key.map_err(|error| format!("{}: {error}", path.display()))?;
    if key.len() == 32 {
        Ok(key)
    } else {
        Err(format!("{} is not 32 bytes long", path.display()))
    }
}

/// Makes a key that only this user can read. It is complete or not there at all.
pub(crate) fn make(dir: &Path, path: &Path) -> std::io::Result<Vec<u8>> {
    let mut key = vec![0_u8; 32];
    rand::rng().fill_bytes(&mut key);
    write(dir, path, &key)?;
    Ok(key)
}

/// Puts a key in place of the one that is there.
pub(crate) fn write(dir: &Path, path: &Path, key: &[u8]) -> std::io::Result<()> {
    fs::create_dir_all(dir)?;
    #[cfg(unix)]
    fs::set_permissions(dir, std::os::unix::fs::PermissionsExt::from_mode(0o700))?;
    let draft = path.with_added_extension("new");
    let mut options = fs::OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(&draft)?;
    file.write_all(key)?;
    file.sync_all()?;
    fs::rename(draft, path)?;
    fs::File::open(dir)?.sync_all()
}
