//! Postfix and Dovecot on ports of their own, in a folder of their own, gone with the test.

use std::net::TcpListener;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

use tempfile::TempDir;

pub const PASSWORD: &str = "geheim";

/// Both servers, running.
pub struct Servers {
    folder: TempDir,
    /// Where mail is sent to.
    pub smtp: u16,
    /// Where mailboxes are read, encrypted from the first byte.
    pub imaps: u16,
    /// The same, encrypted after a plain beginning.
    pub imap: u16,
    /// Where the desk takes mail for `desk@shop.example`.
    pub desk: u16,
}

impl Servers {
    /// Starts both.
    ///
    /// `help@shop.example` and everybody at `customers.example` have mailboxes; mail to
    /// `desk@shop.example` goes to the desk's own door.
    pub fn start() -> Servers {
        for program in ["postfix", "dovecot", "swaks"] {
            let found = Command::new("sh").args(["-c", &format!("command -v {program}")]).output();
            assert!(
                found.unwrap().status.success(),
                "FAILURE: {program} is not installed, so mail was not tested against real \
                 servers: run `make test`, which installs it"
            );
        }
        let who = Command::new("id").arg("-u").output().unwrap().stdout;
        assert_eq!(
            who, b"0\n",
            "FAILURE: Postfix starts for root only, so mail was not tested against real servers: \
             run the tests as root"
        );
        let folder = tempfile::Builder::new().prefix("paydesk-mail.").tempdir().unwrap();
        let ports = [(); 6].map(|()| TcpListener::bind(("127.0.0.1", 0)).unwrap());
        let [smtp, imap, imaps, lmtp, desk, _] =
            ports.each_ref().map(|port| port.local_addr().unwrap().port());
        drop(ports);
        let servers = Servers { folder, smtp, imaps, imap, desk };
        servers.prepare();
        servers.write_postfix(lmtp);
        servers.write_dovecot(lmtp);
        run("postfix", &["-c", &servers.path("postfix"), "start"]);
        run("dovecot", &["-c", &servers.path("dovecot/dovecot.conf")]);
        for port in [smtp, imaps, lmtp] {
            until_open(port);
        }
        servers
    }

    /// A path inside of the folder.
    pub fn path(&self, name: &str) -> String {
        self.folder.path().join(name).display().to_string()
    }

    /// The certificate of the mailboxes' server.
    pub fn certificate(&self) -> String {
        self.path("dovecot/cert.pem")
    }

    /// Sends a mail as a customer's program does; `more` are further headers.
    pub fn send(&self, from: &str, to: &str, subject: &str, more: &[&str], text: &str) {
        let mut swaks = Command::new("swaks");
        swaks.args(["--server", &format!("127.0.0.1:{}", self.smtp), "--from", from, "--to", to]);
        swaks.args(["--header", &format!("Subject: {subject}"), "--body", text]);
        for header in more {
            swaks.args(["--add-header", header]);
        }
        let sent = swaks.stdin(Stdio::null()).output().unwrap();
        assert!(sent.status.success(), "{}", String::from_utf8_lossy(&sent.stdout));
    }

    /// The mails in a mailbox, as they were delivered.
    pub fn mails_of(&self, address: &str) -> Vec<String> {
        let mut mails = Vec::new();
        for part in ["new", "cur"] {
            let folder = self.folder.path().join("mail").join(address).join(part);
            for file in std::fs::read_dir(folder).into_iter().flatten() {
                let bytes = std::fs::read(file.unwrap().path()).unwrap();
                mails.push(String::from_utf8_lossy(&bytes).into_owned());
            }
        }
        mails
    }

    /// Whether somebody stays on a line to the mailbox of `help@shop.example`: whoever only looks
    /// is gone again within a second.
    pub fn is_idled_at(&self) -> bool {
        let is_there = || {
            let mut who = Command::new("doveadm");
            who.args(["-c", &self.path("dovecot/dovecot.conf"), "-f", "tab", "who"]);
            let said = who.stdin(Stdio::null()).output().unwrap();
            String::from_utf8_lossy(&said.stdout).contains("help@shop.example")
        };
        is_there() && {
            std::thread::sleep(Duration::from_secs(1));
            is_there()
        }
    }

    /// What the servers wrote down, for whoever looks at a failure.
    pub fn logs(&self) -> String {
        let read = |name: &str| std::fs::read_to_string(self.path(name)).unwrap_or_default();
        format!("{}\n{}", read("postfix.log"), read("dovecot.log"))
    }

    fn prepare(&self) {
        let open = std::fs::Permissions::from_mode(0o755);
        std::fs::set_permissions(self.folder.path(), open).unwrap();
        for name in ["postfix", "spool", "data", "mail", "dovecot", "run", "state"] {
            std::fs::create_dir(self.folder.path().join(name)).unwrap();
        }
        run("chown", &["postfix", &self.path("data")]);
        run("chown", &["mail", &self.path("mail")]);
        let made = rcgen::generate_simple_self_signed(vec!["localhost".to_owned()]).unwrap();
        self.write("dovecot/cert.pem", &made.cert.pem());
        self.write("dovecot/key.pem", &made.signing_key.serialize_pem());
    }

    fn write_postfix(&self, lmtp: u16) {
        let folder = self.folder.path().display();
        let transport = format!("desk@shop.example lmtp:inet:127.0.0.1:{}\n", self.desk);
        self.write("postfix/transport", &transport);
        let main = format!(
            "compatibility_level = 3.6\n\
             queue_directory = {folder}/spool\n\
             data_directory = {folder}/data\n\
             command_directory = /usr/sbin\n\
             daemon_directory = /usr/lib/postfix/sbin\n\
             mail_owner = postfix\n\
             setgid_group = postdrop\n\
             myhostname = mail.shop.example\n\
             mydestination =\n\
             inet_interfaces = 127.0.0.1\n\
             inet_protocols = ipv4\n\
             mynetworks = 127.0.0.0/8\n\
             maillog_file = {folder}/postfix.log\n\
             maillog_file_prefixes = {folder}\n\
             recipient_delimiter = +\n\
             virtual_mailbox_domains = shop.example, customers.example\n\
             virtual_transport = lmtp:inet:127.0.0.1:{lmtp}\n\
             transport_maps = texthash:{folder}/postfix/transport\n\
             disable_dns_lookups = yes\n\
             smtp_host_lookup = native\n\
             smtpd_peername_lookup = no\n\
             minimal_backoff_time = 1s\n\
             maximal_backoff_time = 2s\n\
             queue_run_delay = 1s\n\
             message_size_limit = 50000000\n\
             virtual_mailbox_limit = 0\n"
        );
        self.write("postfix/main.cf", &main);
        let smtp = format!("127.0.0.1:{}", self.smtp);
        let master = format!(
            "{smtp} inet n - n - - smtpd\n\
             postlog unix-dgram n - n - 1 postlogd\n\
             pickup unix n - n 60 1 pickup\n\
             cleanup unix n - n - 0 cleanup\n\
             qmgr unix n - n 300 1 qmgr\n\
             rewrite unix - - n - - trivial-rewrite\n\
             bounce unix - - n - 0 bounce\n\
             defer unix - - n - 0 bounce\n\
             trace unix - - n - 0 bounce\n\
             verify unix - - n - 1 verify\n\
             proxymap unix - - n - - proxymap\n\
             smtp unix - - n - - smtp\n\
             error unix - - n - - error\n\
             retry unix - - n - - error\n\
             lmtp unix - - n - - lmtp\n\
             anvil unix - - n - 1 anvil\n\
             scache unix - - n - 1 scache\n"
        );
        self.write("postfix/master.cf", &master);
    }

    fn write_dovecot(&self, lmtp: u16) {
        let folder = self.folder.path().display();
        let Servers { imap, imaps, .. } = self;
        let config = format!(
            "protocols = imap lmtp\n\
             listen = 127.0.0.1\n\
             base_dir = {folder}/run\n\
             state_dir = {folder}/state\n\
             log_path = {folder}/dovecot.log\n\
             mail_location = maildir:~/\n\
             mail_uid = mail\n\
             mail_gid = mail\n\
             first_valid_uid = 1\n\
             first_valid_gid = 1\n\
             ssl = yes\n\
             ssl_cert = <{folder}/dovecot/cert.pem\n\
             ssl_key = <{folder}/dovecot/key.pem\n\
             recipient_delimiter = +\n\
             lmtp_save_to_detail_mailbox = no\n\
             lmtp_hdr_delivery_address = original\n\
             auth_mechanisms = plain login\n\
             passdb {{\n  driver = static\n  args = password={PASSWORD}\n}}\n\
             userdb {{\n  driver = static\n  args = uid=mail gid=mail \
             home={folder}/mail/%Lu allow_all_users=yes\n}}\n\
             service imap-login {{\n  inet_listener imap {{\n    port = {imap}\n  }}\n  \
             inet_listener imaps {{\n    port = {imaps}\n  }}\n}}\n\
             service lmtp {{\n  inet_listener lmtp {{\n    address = 127.0.0.1\n    \
             port = {lmtp}\n  }}\n}}\n"
        );
        self.write("dovecot/dovecot.conf", &config);
    }

    fn write(&self, name: &str, text: &str) {
        let path: PathBuf = Path::new(&self.path(name)).to_owned();
        std::fs::write(path, text).unwrap();
    }
}

impl Drop for Servers {
    fn drop(&mut self) {
        let quiet = |program: &str, args: &[&str]| {
            let mut command = Command::new(program);
            command.args(args).stdout(Stdio::null()).stderr(Stdio::null());
            let _ = command.status();
        };
        quiet("postfix", &["-c", &self.path("postfix"), "stop"]);
        quiet("dovecot", &["-c", &self.path("dovecot/dovecot.conf"), "stop"]);
    }
}

fn run(program: &str, args: &[&str]) {
    // Into a file: what stays behind in the background would hold a pipe open for good.
    let said = tempfile::NamedTempFile::new().unwrap();
    let both = [(); 2].map(|()| said.as_file().try_clone().unwrap());
    let [out, err] = both.map(Stdio::from);
    let mut command = Command::new(program);
    let done = command.args(args).stdin(Stdio::null()).stdout(out).stderr(err).status().unwrap();
    let said = std::fs::read_to_string(said.path()).unwrap_or_default();
    assert!(done.success(), "{program} {args:?}: {said}");
}

fn until_open(port: u16) {
    for _ in 0..200 {
        if std::net::TcpStream::connect(("127.0.0.1", port)).is_ok() {
            return;
        }
        std::thread::sleep(Duration::from_millis(50));
    }
    panic!("nobody listens at port {port}");
}
