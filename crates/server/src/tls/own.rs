//! The certificate of a server that was given none: made anew at every start, for a key that is
//! made once.

use std::{fs, io, path::Path};

use rand::RngCore as _;
use rcgen::{
    CertificateParams, DnType, PKCS_ECDSA_P256_SHA256, PublicKeyData, SerialNumber,
    SignatureAlgorithm, SigningKey,
};
use ring::{
    rand::SystemRandom,
    signature::{ECDSA_P256_SHA256_ASN1_SIGNING, EcdsaKeyPair, KeyPair as _},
};
use rustls::{
    pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer},
    sign::CertifiedKey,
};

use super::{TlsError, provider};
use crate::keys;

/// A key that signs its own certificate.
struct OwnKey(EcdsaKeyPair);

impl PublicKeyData for OwnKey {
    fn der_bytes(&self) -> &[u8] {
        self.0.public_key().as_ref()
    }

    fn algorithm(&self) -> &'static SignatureAlgorithm {
        &PKCS_ECDSA_P256_SHA256
    }
}

impl SigningKey for OwnKey {
    fn sign(&self, message: &[u8]) -> Result<Vec<u8>, rcgen::Error> {
        let signed = self.0.sign(&SystemRandom::new(), message);
        let signed = signed.map_err(|_unspecified| rcgen::Error::RemoteKeyError)?;
        Ok(signed.as_ref().to_owned())
    }
}

/// A certificate for the key in `keys/tls.key`, which is made where it is missing.
pub(super) fn certificate(data: &Path) -> Result<CertifiedKey, TlsError> {
    let key = kept_or_made(&data.join("keys"))?;
    let certificate = for_key(&key, "localhost")?;
    let key = PrivateKeyDer::from(PrivatePkcs8KeyDer::from(key));
    let chain = vec![certificate.der().clone()];
    Ok(CertifiedKey::from_der(chain, key, &provider())?)
}

/// A certificate that `key` signs for itself. Its dates say nothing: stations ask for the key.
pub(super) fn for_key(key: &[u8], name: &str) -> Result<rcgen::Certificate, TlsError> {
    let algorithm = &ECDSA_P256_SHA256_ASN1_SIGNING;
    let own = EcdsaKeyPair::from_pkcs8(algorithm, key, &SystemRandom::new()).map_err(unmade)?;
    let mut about = CertificateParams::new(vec![name.to_owned()]).map_err(unmade)?;
    about.distinguished_name.push(DnType::CommonName, "ELMS");
    let mut serial = [0_u8; 16];
    rand::rng().fill_bytes(&mut serial);
    about.serial_number = Some(SerialNumber::from_slice(&serial));
    about.self_signed(&OwnKey(own)).map_err(unmade)
}

/// A new key, as PKCS #8.
pub(super) fn new_key() -> Result<Vec<u8>, TlsError> {
    let algorithm = &ECDSA_P256_SHA256_ASN1_SIGNING;
    let made = EcdsaKeyPair::generate_pkcs8(algorithm, &SystemRandom::new()).map_err(unmade)?;
    Ok(made.as_ref().to_owned())
}

fn kept_or_made(dir: &Path) -> Result<Vec<u8>, TlsError> {
    let path = dir.join("tls.key");
    match fs::read(&path) {
        Ok(key) => Ok(key),
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            let key = new_key()?;
            keys::write(dir, &path, &key).map_err(|error| TlsError::Unwritable(path, error))?;
            Ok(key)
        }
        Err(error) => Err(TlsError::Unreadable(path, error.to_string())),
    }
}

fn unmade(error: impl std::fmt::Display) -> TlsError {
    TlsError::Unmade(error.to_string())
}
