//! Runs a room's tests on both databases.

macro_rules! on_both {
    ($($name:ident)*) => {
        mod on_sqlite {
            $(
                #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
                async fn $name() {
                    let engine = $crate::store::Engine::Sqlite;
                    super::$name($crate::scratch::Scratch::new(engine).await).await;
                }
            )*
        }
        mod on_postgres {
            $(
                #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
                async fn $name() {
                    let engine = $crate::store::Engine::Postgres;
                    super::$name($crate::scratch::Scratch::new(engine).await).await;
                }
            )*
        }
    };
}
pub(crate) use on_both;
