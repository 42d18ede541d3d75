//! Every statement about staff, their links and their recovery codes.

use base::id::StaffId;
use base::{Fault, Hashed, Timestamp};
use store::{Page, Reads, Row, Tx, Walk};

use super::{Role, Staff};
use crate::Email;

/// The member of staff with this id.
///
/// # Errors
/// A fault if the database does not answer.
pub async fn find(reads: &mut impl Reads, id: StaffId) -> Result<Option<Staff>, Fault> {
    let row = reads.fetch_optional("SELECT * FROM staff WHERE id = $1", (id,)).await?;
    row.as_ref().map(read).transpose()
}

/// The member of staff who signs in with this address.
///
/// # Errors
/// A fault if the database does not answer.
pub async fn find_by_email(reads: &mut impl Reads, email: &Email) -> Result<Option<Staff>, Fault> {
    let sql = "SELECT * FROM staff WHERE email = $1";
    let row = reads.fetch_optional(sql, (email.folded(),)).await?;
    row.as_ref().map(read).transpose()
}

/// A page of everybody, the newest first.
///
/// # Errors
/// A fault if the database does not answer.
pub async fn list(reads: &mut impl Reads, page: Page) -> Result<Vec<Staff>, Fault> {
    let mut rows = match page.walk() {
        Walk::Older(than) => {
            let sql = "SELECT * FROM staff WHERE id < $1 ORDER BY id DESC LIMIT $2";
            reads.fetch_all(sql, (than, page.limit)).await?
        }
        Walk::Newer(than) => {
            let sql = "SELECT * FROM staff WHERE id > $1 ORDER BY id LIMIT $2";
            reads.fetch_all(sql, (than, page.limit)).await?
        }
    };
    page.turn(&mut rows);
    rows.iter().map(read).collect()
}

/// What lets a member of staff in. It never leaves this crate.
pub(crate) struct Credentials {
    pub(crate) id: StaffId,
    pub(crate) email: String,
    pub(crate) password: Option<String>,
    pub(crate) totp: Option<String>,
    pub(crate) totp_pending: Option<String>,
    pub(crate) totp_step: i64,
    pub(crate) disabled: bool,
}

pub(crate) async fn credentials(
    reads: &mut impl Reads,
    email: &str,
) -> Result<Option<Credentials>, Fault> {
    let row = reads.fetch_optional("SELECT * FROM staff WHERE email = $1", (email,)).await?;
    row.as_ref().map(read_credentials).transpose()
}

pub(super) async fn credentials_of(
    reads: &mut impl Reads,
    id: StaffId,
) -> Result<Option<Credentials>, Fault> {
    let row = reads.fetch_optional("SELECT * FROM staff WHERE id = $1", (id,)).await?;
    row.as_ref().map(read_credentials).transpose()
}

pub(super) async fn insert(tx: &mut Tx, staff: &Staff) -> Result<(), Fault> {
    let sql = "INSERT INTO staff (id, email, name, role, created_at) VALUES ($1, $2, $3, $4, $5)";
    let Staff { id, email, name, role, created_at, .. } = staff;
    tx.execute(sql, (*id, email, name, role.as_str(), *created_at)).await.map(|_| ())
}

pub(super) async fn update(tx: &mut Tx, staff: &Staff) -> Result<(), Fault> {
    let sql = "UPDATE staff SET name = $2, role = $3, disabled_at = $4 WHERE id = $1";
    let Staff { id, name, role, disabled_at, .. } = staff;
    tx.execute(sql, (*id, name, role.as_str(), *disabled_at)).await.map(|_| ())
}

pub(super) async fn other_admins(tx: &mut Tx, but: StaffId) -> Result<i64, Fault> {
    let sql = "SELECT COUNT(*) AS many FROM staff
               WHERE role = 'admin' AND disabled_at IS NULL AND id <> $1";
    tx.fetch_one(sql, (but,)).await?.int("many")
}

pub(super) async fn set_password(tx: &mut Tx, id: StaffId, hash: &str) -> Result<(), Fault> {
    tx.execute("UPDATE staff SET password = $2 WHERE id = $1", (id, hash)).await.map(|_| ())
}

pub(super) async fn set_pending(tx: &mut Tx, id: StaffId, sealed: &str) -> Result<(), Fault> {
    tx.execute("UPDATE staff SET totp_pending = $2 WHERE id = $1", (id, sealed)).await.map(|_| ())
}

pub(super) async fn begin_totp(
    tx: &mut Tx,
    id: StaffId,
    sealed: &str,
    step: i64,
) -> Result<(), Fault> {
    let sql = "UPDATE staff SET totp = $2, totp_pending = NULL, totp_step = $3 WHERE id = $1";
    tx.execute(sql, (id, sealed, step)).await.map(|_| ())
}

pub(super) async fn end_totp(tx: &mut Tx, id: StaffId) -> Result<(), Fault> {
    let sql = "UPDATE staff SET totp = NULL, totp_pending = NULL WHERE id = $1";
    tx.execute(sql, (id,)).await?;
    drop_recovery(tx, id).await
}

pub(super) async fn used_step(tx: &mut Tx, id: StaffId, step: i64) -> Result<(), Fault> {
    tx.execute("UPDATE staff SET totp_step = $2 WHERE id = $1", (id, step)).await.map(|_| ())
}

pub(super) async fn insert_recovery(tx: &mut Tx, id: StaffId, hash: &Hashed) -> Result<(), Fault> {
    let sql = "INSERT INTO recovery_codes (staff, hash) VALUES ($1, $2)";
    tx.execute(sql, (id, hash.as_str())).await.map(|_| ())
}

pub(super) async fn use_recovery(
    tx: &mut Tx,
    id: StaffId,
    hash: &Hashed,
    now: Timestamp,
) -> Result<u64, Fault> {
    let sql = "UPDATE recovery_codes SET used_at = $3
               WHERE staff = $1 AND hash = $2 AND used_at IS NULL";
    tx.execute(sql, (id, hash.as_str(), now)).await
}

pub(super) async fn drop_recovery(tx: &mut Tx, id: StaffId) -> Result<(), Fault> {
    tx.execute("DELETE FROM recovery_codes WHERE staff = $1", (id,)).await.map(|_| ())
}

pub(super) async fn insert_link(
    tx: &mut Tx,
    hash: &Hashed,
    staff: StaffId,
    now: Timestamp,
    until: Timestamp,
) -> Result<(), Fault> {
    let sql = "INSERT INTO staff_links (hash, staff, created_at, expires_at)
               VALUES ($1, $2, $3, $4)";
    tx.execute(sql, (hash.as_str(), staff, now, until)).await.map(|_| ())
}

pub(super) async fn drop_links(tx: &mut Tx, staff: StaffId) -> Result<(), Fault> {
    let sql = "DELETE FROM staff_links WHERE staff = $1 AND used_at IS NULL";
    tx.execute(sql, (staff,)).await.map(|_| ())
}

/// Uses up a link; whose it is, if it opens anything.
pub(crate) async fn open_link(
    tx: &mut Tx,
    hash: &Hashed,
    now: Timestamp,
) -> Result<Option<Credentials>, Fault> {
    let sql = "SELECT staff FROM staff_links
               WHERE hash = $1 AND used_at IS NULL AND expires_at > $2";
    let Some(row) = tx.fetch_optional(sql, (hash.as_str(), now)).await? else { return Ok(None) };
    let sql = "UPDATE staff_links SET used_at = $2 WHERE hash = $1";
    tx.execute(sql, (hash.as_str(), now)).await?;
    credentials_of(tx, row.id("staff")?).await
}

/// Forgets links that expired before `until`.
pub(crate) async fn sweep_links(tx: &mut Tx, until: Timestamp) -> Result<(), Fault> {
    tx.execute("DELETE FROM staff_links WHERE expires_at < $1", (until,)).await.map(|_| ())
}

fn read(row: &Row) -> Result<Staff, Fault> {
    Ok(Staff {
        id: row.id("id")?,
        email: row.text("email")?,
        name: row.text("name")?,
        role: row.parsed::<Role>("role")?,
        has_password: row.opt_text("password")?.is_some(),
        has_totp: row.opt_text("totp")?.is_some(),
        disabled_at: row.opt_time("disabled_at")?,
        created_at: row.time("created_at")?,
    })
}

fn read_credentials(row: &Row) -> Result<Credentials, Fault> {
    Ok(Credentials {
        id: row.id("id")?,
        email: row.text("email")?,
        password: row.opt_text("password")?,
        totp: row.opt_text("totp")?,
        totp_pending: row.opt_text("totp_pending")?,
        totp_step: row.int("totp_step")?,
        disabled: row.opt_int("disabled_at")?.is_some(),
    })
}
