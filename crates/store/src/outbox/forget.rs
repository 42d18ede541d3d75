//! What was told of somebody is told of nobody any more: fields of old events are emptied.

use base::Fault;

use super::rows;
use crate::tx::Tx;

/// Empties these fields in every event about a subject; in how many there was something.
///
/// That they were told stays, with their number: who hears them later hears nothing in their place.
///
/// # Errors
/// A fault if the database fails.
pub async fn forget(tx: &mut Tx, subject: &str, fields: &[&str]) -> Result<u64, Fault> {
    let mut emptied = 0;
    for (id, mut body) in rows::bodies_of(tx, subject).await? {
        let Some(object) = body.as_object_mut() else { continue };
        let mut had = false;
        for field in fields {
            if let Some(value) = object.get_mut(*field).filter(|value| !value.is_null()) {
                *value = serde_json::Value::Null;
                had = true;
            }
        }
        if had {
            rows::rewrite(tx, &id, &body).await?;
            emptied += 1;
        }
    }
    Ok(emptied)
}
