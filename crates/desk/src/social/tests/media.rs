//! Pictures and files over channels: fetched, kept, or visibly not.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use wiremock::matchers::query_param;

use super::*;
use crate::files::File;

/// A picture of one dot.
const PNG: &[u8] =
    b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x06\0\0\0\x1f\x15\xc4\x89\
    \0\0\0\0IEND\xaeB\x60\x82";

impl Square {
    async fn whatsapp_sends_a_picture(&self) -> Case {
        let body = json!({"entry":[{"changes":[{"value":{
            "metadata":{"phone_number_id":"900"},
            "messages":[{"id":"wamid.P","from":"4587654321","type":"image",
                "image":{"id":"55","mime_type":"image/jpeg","caption":"my statement"}}]}}]}]});
        self.whatsapp(&body).await.unwrap();
        self.settles().await;
        self.all().await.remove(0)
    }

    async fn own_says(&self, body: &Value) {
        let body = body.to_string();
        let key = signed::key(KEY).unwrap();
        let at = self.scene.env.now().as_second();
        let signature = signed::signature(&key, "c1", at, body.as_bytes()).unwrap();
        let headers = [
            ("webhook-id", "c1".to_owned()),
            ("webhook-timestamp", at.to_string()),
            ("webhook-signature", signature),
        ];
        self.calls("own", &headers, body.as_bytes()).await.unwrap();
        self.settles().await;
    }

    async fn files(&self, case: &Case) -> Vec<File> {
        let message = self.said(case).await.remove(0);
        let mut reader = self.scene.store.read().await.unwrap();
        cases::files_of(&mut reader, message.id).await.unwrap()
    }

    async fn open_media(&self, case: &Case) -> Vec<Media> {
        let message = self.said(case).await.remove(0);
        let mut reader = self.scene.store.read().await.unwrap();
        media_of(&mut reader, &[message.id]).await.unwrap()
    }

    async fn gives(&self, at: &str, answer: ResponseTemplate) {
        Mock::given(method("GET")).and(path(at)).respond_with(answer).mount(&self.server).await;
    }
}

fn picture() -> ResponseTemplate {
    ResponseTemplate::new(200).set_body_raw(PNG, "image/png")
}

#[tokio::test]
async fn a_picture_of_whatsapp_is_fetched_by_its_id_and_shown_with_the_message() {
    for engine in ENGINES {
        let square = Square::open(engine).await;
        let told = json!({"messaging_product":"whatsapp","file_size":"70","mime_type":"image/png",
            "url":format!("{}/lookaside/55", square.server.uri()),"id":"55"});
        Mock::given(method("GET"))
            .and(path("/v23.0/55"))
            .and(query_param("phone_number_id", "900"))
            .and(header("authorization", "Bearer token"))
            .respond_with(ResponseTemplate::new(200).set_body_json(told))
            .mount(&square.server)
            .await;
        Mock::given(method("GET"))
            .and(path("/lookaside/55"))
            .and(header("authorization", "Bearer token"))
            .respond_with(picture())
            .expect(1)
            .mount(&square.server)
            .await;
        let case = square.whatsapp_sends_a_picture().await;
        let files = square.files(&case).await;
        assert_eq!((files.len(), files[0].kind.as_str()), (1, "image/png"));
        assert_eq!(files[0].safe_name, "image.png");
        assert_eq!(square.open_media(&case).await, []);
        assert_eq!(square.said(&case).await[0].text, "[image] my statement");
    }
}

#[tokio::test]
async fn a_photo_of_telegram_is_fetched_over_its_path() {
    let square = Square::open(store::Engine::Sqlite).await;
    let told = json!({"ok":true,"result":{"file_id":"L","file_size":70,
        "file_path":"photos/file_0.png"}});
    square.gives("/bot7:bot/getFile", ResponseTemplate::new(200).set_body_json(told)).await;
    square.gives("/file/bot7:bot/photos/file_0.png", picture()).await;
    let body = json!({"update_id":1,"message":{"chat":{"id":5,"type":"private"},"caption":"see",
        "photo":[{"file_id":"S","width":9},{"file_id":"L","width":90}]}});
    let right = ("x-telegram-bot-api-secret-token", "update".to_owned());
    square.calls("tg", &[right], body.to_string().as_bytes()).await.unwrap();
    square.settles().await;
    let case = square.all().await.remove(0);
    assert_eq!(square.files(&case).await.len(), 1);
}

#[tokio::test]
async fn a_channel_of_our_own_encloses_files_or_names_them() {
    for engine in ENGINES {
        let square = Square::open(engine).await;
        square.gives("/files/1", picture()).await;
        square
            .own_says(&json!({"type":"message","id":"m1","from":"mia","text":"Hi","files":[
                {"name":"proof.png","type":"image/png","data":STANDARD.encode(PNG)},
                {"name":"again.png","url":format!("{}/files/1", square.server.uri())},
                {"name":"inside.png","url":"https://169.254.169.254/latest"},
                {"name":"run.exe","data":STANDARD.encode(b"MZ\x90\0rest of a program")},
                {"name":"broken","data":"%%%"}]}))
            .await;
        let case = square.all().await.remove(0);
        let names: Vec<_> =
            square.files(&case).await.into_iter().map(|file| file.safe_name).collect();
        assert_eq!(names.len(), 2, "{names:?}");
        assert!(names.contains(&"proof.png".to_owned()) && names.contains(&"again.png".to_owned()));
        let left = square.open_media(&case).await;
        assert_eq!(left.len(), 3);
        assert!(left.iter().all(|one| one.state == MediaState::Failed && one.reason.is_some()));
        let why = |name: &str| {
            let found = left.iter().find(|one| one.name.as_deref() == Some(name));
            found.unwrap().reason.clone().unwrap()
        };
        assert!(why("inside.png").contains("not public"), "{}", why("inside.png"));
        assert!(why("run.exe").contains("programs"), "{}", why("run.exe"));
    }
}

#[tokio::test]
async fn what_cannot_be_fetched_is_tried_again_then_shown_and_tried_once_more_by_hand() {
    for engine in ENGINES {
        let square = Square::open(engine).await;
        let case = {
            let busy = ResponseTemplate::new(503);
            let tries = Mock::given(method("GET")).respond_with(busy).expect(7);
            let guard = tries.mount_as_scoped(&square.server).await;
            let case = square.whatsapp_sends_a_picture().await;
            assert_eq!(square.open_media(&case).await[0].state, MediaState::Waiting);
            for _ in 0..8 {
                square.scene.pass(200);
                square.settles().await;
            }
            drop(guard);
            case
        };
        let left = square.open_media(&case).await.remove(0);
        assert_eq!(left.state, MediaState::Failed);
        assert_eq!(left.reason.as_deref(), Some("its server answered 503"));
        let told = json!({"url":format!("{}/lookaside/55", square.server.uri())});
        square.gives("/v23.0/55", ResponseTemplate::new(200).set_body_json(told)).await;
        square.gives("/lookaside/55", picture()).await;
        let env = &square.scene.env;
        let again: Result<(), Stop> = store::write!(square.scene.store, |tx| {
            fetch_again(tx, env, left.message, &left.id).await
        });
        again.unwrap();
        square.settles().await;
        assert_eq!(square.files(&case).await.len(), 1);
        let twice: Result<(), Stop> = store::write!(square.scene.store, |tx| {
            fetch_again(tx, env, left.message, &left.id).await
        });
        assert!(twice.is_err(), "what is here is not fetched again");
    }
}

#[tokio::test]
async fn a_case_says_how_long_it_may_be_answered_freely_and_with_what_after_that() {
    let square = Square::open(store::Engine::Sqlite).await;
    square.whatsapp_says("wamid.A", "Hello").await;
    square.settles().await;
    let case = square.all().await.remove(0);
    let look = async || {
        let mut reader = square.scene.store.read().await.unwrap();
        answering(&mut reader, &square.desk, &case).await.unwrap().unwrap()
    };
    let now = look().await;
    assert!(matches!(now.window, Window::Until(_)) && now.name == "WhatsApp");
    square.scene.pass(24 * 60 + 1);
    let late = look().await;
    assert!(late.is_over());
    assert_eq!((late.hours, late.templates.len()), (Some(24), 1));
    assert!(late.template("case_update", "en").is_some());
}
