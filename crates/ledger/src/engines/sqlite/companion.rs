//! Following the writer: what is rolled back in the file is undone in memory.

use async_trait::async_trait;
use base::Fault;
use store::{Companion, Reader};

use super::{Books, load};

#[async_trait]
impl Companion for Books {
    fn mark(&self) {
        self.memory().mark();
    }

    fn undo(&self) {
        self.memory().undo();
    }

    fn keep(&self) {
        crate::kill::point("committed");
        self.memory().keep();
    }

    fn discard(&self) {
        self.memory().discard();
    }

    async fn reload(&self, reader: &mut Reader) -> Result<(), Fault> {
        let fresh = load::load(reader).await?;
        *self.memory() = fresh;
        Ok(())
    }
}
