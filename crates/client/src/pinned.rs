//! TLS towards a server for which nobody vouches: it is the one that has the key which its address
//! names, and no other is. Names and dates of its certificate say nothing.

use std::{error::Error, io, sync::Arc};

use elms_protocol::pin::Pin;
use rustls::{
    CertificateError, ClientConfig, DigitallySignedStruct, SignatureScheme,
    client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier},
    crypto::{CryptoProvider, ring, verify_tls12_signature, verify_tls13_signature},
    pki_types::{CertificateDer, ServerName, UnixTime},
    server::ParsedCertificate,
};

/// How connections to the server with this key are opened.
///
/// # Errors
///
/// When TLS cannot be set up.
pub(crate) fn config(pin: Pin) -> Result<ClientConfig, rustls::Error> {
    let provider = Arc::new(ring::default_provider());
    let only_this = Arc::new(OnlyThis {
        pin,
        provider: Arc::clone(&provider),
    });
    let config = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()?
        .dangerous()
        .with_custom_certificate_verifier(only_this);
    Ok(config.with_no_client_auth())
}

/// Whether a connection failed because another server answered.
pub(crate) fn is_other_server(error: &(dyn Error + 'static)) -> bool {
    // One error of a socket may hold another.
    let inside = error
        .downcast_ref::<io::Error>()
        .and_then(io::Error::get_ref);
    error.downcast_ref() == Some(&OTHER)
        || inside.is_some_and(|inside| is_other_server(inside))
        || error.source().is_some_and(is_other_server)
}

/// What is said of a server with another key. Nothing else here says it.
const OTHER: rustls::Error =
    rustls::Error::InvalidCertificate(CertificateError::ApplicationVerificationFailure);

#[derive(Debug)]
struct OnlyThis {
    pin: Pin,
    provider: Arc<CryptoProvider>,
}

impl ServerCertVerifier for OnlyThis {
    fn verify_server_cert(
        &self,
        end_entity: &CertificateDer<'_>,
        _: &[CertificateDer<'_>],
        _: &ServerName<'_>,
        _: &[u8],
        _: UnixTime,
    ) -> Result<ServerCertVerified, rustls::Error> {
        let certificate = ParsedCertificate::try_from(end_entity)?;
        if Pin::of(&certificate.subject_public_key_info()) == self.pin {
            Ok(ServerCertVerified::assertion())
        } else {
            Err(OTHER)
        }
    }

    // That it has the key, and not only the certificate, the signature of the hand-shake proves.
    fn verify_tls12_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        let known = &self.provider.signature_verification_algorithms;
        verify_tls12_signature(message, certificate, signed, known)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        let known = &self.provider.signature_verification_algorithms;
        verify_tls13_signature(message, certificate, signed, known)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.provider
            .signature_verification_algorithms
            .supported_schemes()
    }
}
