//! Statements about what readers say and what they do not find.

use base::id::ArticleId;
use base::{Fault, Language, Timestamp};
use store::{Reads, Tx};

use crate::help::{Miss, Voice};
use crate::people::Audience;

pub(in crate::help) async fn vote(
    tx: &mut Tx,
    article: ArticleId,
    language: Language,
    (day, visitor): (i64, &str),
    helped: Voice,
    now: Timestamp,
) -> Result<(), Fault> {
    tx.execute(
        "INSERT INTO help_votes (article, day, visitor, language, helped, at)
         VALUES ($1, $2, $3, $4, $5, $6)
         ON CONFLICT (article, day, visitor) DO UPDATE
         SET helped = excluded.helped, language = excluded.language, at = excluded.at",
        (article, day, visitor, language, helped == Voice::Helped, now),
    )
    .await?;
    Ok(())
}

/// Of some articles since then: how many it helped, and how many said anything.
pub(in crate::help) async fn voices(
    reads: &mut impl Reads,
    articles: &[ArticleId],
    since: Timestamp,
) -> Result<Vec<(ArticleId, i64, i64)>, Fault> {
    let ids: Vec<String> = articles.iter().map(ToString::to_string).collect();
    let sql = "SELECT article, CAST(SUM(helped) AS BIGINT) AS helped, COUNT(*) AS said
               FROM help_votes WHERE article IN texts($1) AND at >= $2 GROUP BY article";
    let rows = reads.fetch_all(sql, (ids, since)).await?;
    rows.iter().map(|row| Ok((row.id("article")?, row.int("helped")?, row.int("said")?))).collect()
}

pub(in crate::help) async fn miss(
    tx: &mut Tx,
    language: Language,
    door: Option<Audience>,
    words: &str,
    now: Timestamp,
) -> Result<(), Fault> {
    tx.execute(
        "INSERT INTO help_misses (language, words, door, times, first_at, last_at)
         VALUES ($1, $2, $3, 1, $4, $4)
         ON CONFLICT (language, words) DO UPDATE
         SET times = help_misses.times + 1, last_at = excluded.last_at,
             door = excluded.door",
        (language, words, door.map(Audience::as_str), now),
    )
    .await?;
    Ok(())
}

/// Keeps the list short: the rarest and oldest go.
pub(in crate::help) async fn trim_misses(tx: &mut Tx, most: i64) -> Result<(), Fault> {
    let sql = "SELECT COUNT(*) AS many FROM help_misses";
    let over = tx.fetch_one(sql, ()).await?.int("many")? - most;
    if over > 0 {
        tx.execute(
            "DELETE FROM help_misses WHERE (language, words) IN
               (SELECT language, words FROM help_misses ORDER BY times, last_at LIMIT $1)",
            (over,),
        )
        .await?;
    }
    Ok(())
}

pub(in crate::help) async fn misses(
    reads: &mut impl Reads,
    limit: u32,
) -> Result<Vec<Miss>, Fault> {
    let sql = "SELECT * FROM help_misses ORDER BY times DESC, last_at DESC LIMIT $1";
    let rows = reads.fetch_all(sql, (limit,)).await?;
    rows.iter()
        .map(|row| {
            Ok(Miss {
                language: row.parsed("language")?,
                words: row.text("words")?,
                door: row.opt_text("door")?.and_then(|door| door.parse().ok()),
                times: row.int("times")?,
                last_at: row.time("last_at")?,
            })
        })
        .collect()
}

pub(in crate::help) async fn forget_miss(
    tx: &mut Tx,
    language: Language,
    words: &str,
) -> Result<(), Fault> {
    let sql = "DELETE FROM help_misses WHERE language = $1 AND words = $2";
    tx.execute(sql, (language, words)).await?;
    Ok(())
}
