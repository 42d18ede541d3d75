# What the other scripts share: finding tools, and installing Debian's packages when that is allowed.

say() { printf '\033[1m%s\033[0m\n' "$*" >&2; }

as_root() {
  if [ "$(id -u)" = 0 ]; then "$@"; elif command -v sudo >/dev/null; then sudo -n "$@"; else return 1; fi
}

# need COMMAND PACKAGE…: installs the packages if the command is not there.
need() {
  command=$1
  shift
  command -v "$command" >/dev/null 2>&1 && return 0
  [ -x "$command" ] && return 0
  say "installing $* (for $command)"
  if [ -z "${apt_is_fresh:-}" ]; then
    as_root apt-get update -qq >&2 || true
    apt_is_fresh=yes
  fi
  as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" >&2 || {
    say "could not install $*: install it by hand and run this again"
    return 1
  }
}

# The folder of PostgreSQL's server programs, newest version first.
postgres_bin() {
  find /usr/lib/postgresql -maxdepth 2 -name bin 2>/dev/null | sort -V | tail -n 1
}
