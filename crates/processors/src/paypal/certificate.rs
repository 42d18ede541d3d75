//! A signature under a certificate that must lead to a root of the web and be made out to
//! PayPal's signer.

use std::time::Duration;

use base::Timestamp;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, ServerName, TrustAnchor, UnixTime};
use webpki::{ALL_VERIFICATION_ALGS, EndEntityCert, KeyUsage};

/// The longest chain that is read.
const CHAIN: usize = 8;

/// Why a signature is not believed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Doubt {
    /// What was fetched is no certificate: an error page, perhaps.
    NoCertificate,
    /// It leads to no root, is not valid at that time, or is made out to somebody else.
    Untrusted,
    /// The signature is not of this text.
    Forged,
}

/// Holds a signature of a text against the certificates that came with it.
///
/// # Errors
/// A [`Doubt`].
pub(super) fn holds(
    pem: &[u8],
    roots: &[TrustAnchor<'_>],
    signer: &str,
    at: Timestamp,
    text: &str,
    signature: &[u8],
) -> Result<(), Doubt> {
    let chain: Vec<CertificateDer<'_>> = CertificateDer::pem_slice_iter(pem)
        .take(CHAIN)
        .collect::<Result<_, _>>()
        .map_err(|_| Doubt::NoCertificate)?;
    let (first, others) = chain.split_first().ok_or(Doubt::NoCertificate)?;
    let certificate = EndEntityCert::try_from(first).map_err(|_| Doubt::NoCertificate)?;
    let seconds = u64::try_from(at.as_second()).map_err(|_| Doubt::Untrusted)?;
    let at = UnixTime::since_unix_epoch(Duration::from_secs(seconds));
    let usage = KeyUsage::server_auth();
    certificate
        .verify_for_usage(ALL_VERIFICATION_ALGS, roots, others, at, usage, None, None)
        .map_err(|_| Doubt::Untrusted)?;
    let name = ServerName::try_from(signer).map_err(|_| Doubt::Untrusted)?;
    certificate.verify_is_valid_for_subject_name(&name).map_err(|_| Doubt::Untrusted)?;
    certificate
        .verify_signature(webpki::ring::RSA_PKCS1_2048_8192_SHA256, text.as_bytes(), signature)
        .map_err(|_| Doubt::Forged)
}
