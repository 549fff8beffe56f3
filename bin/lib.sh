# What bin/run and bin/test share: finding cargo and installing packages. Sourced, never run.
# Works on Debian and Ubuntu, as root or with sudo; asks for nothing that is there already.

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)

say() { printf '==> %s\n' "$*" >&2; }

die() {
    printf 'error: %s\n' "$*" >&2
    exit 1
}

as_root() {
    if [ "$(id -u)" = 0 ]; then
        "$@"
    elif command -v sudo >/dev/null; then
        sudo "$@"
    else
        die "this needs root once; run it as root, install sudo, or do it yourself: $*"
    fi
}

# Puts cargo on the PATH, also under sudo, where the toolchain lies in the home of whoever called it.
find_cargo() {
    local home
    command -v cargo >/dev/null && return
    for home in "${HOME:-/root}" "$(getent passwd "${SUDO_USER:-root}" | cut -d: -f6)" /usr/local; do
        if [ -x "$home/.cargo/bin/cargo" ] || [ -x "$home/cargo/bin/cargo" ]; then
            [ -d "$home/.cargo" ] && home=$home/.
            export CARGO_HOME=${CARGO_HOME:-${home}cargo} RUSTUP_HOME=${RUSTUP_HOME:-${home}rustup}
            PATH=$CARGO_HOME/bin:$PATH
            return
        fi
    done
    die "no Rust toolchain found: install one (rustup, default profile) and run this again"
}

missing=()

# need PACKAGES CHECK…: notes the packages as missing unless the check succeeds.
need() {
    local packages=$1
    shift
    "$@" >/dev/null 2>&1 || missing+=($packages)
}

has_any() {
    local name
    for name in "$@"; do command -v "$name" >/dev/null && return; done
    return 1
}

has_postgres() { compgen -G '/usr/lib/postgresql/*/bin/initdb'; }

need_servers() {
    need postgresql has_postgres
    need redis-server has_any redis-server valkey-server
    need "gcc libc6-dev" has_any cc
}

# Installs what is missing. The packages would start servers of their own on the usual ports, now and at every boot:
# they are told not to. Servers that are there already are not touched.
install_missing() {
    [ ${#missing[@]} = 0 ] && return
    command -v apt-get >/dev/null || die "please install by hand: ${missing[*]}"
    say "Installing ${missing[*]}"
    local log status=0
    log=$(mktemp)
    (
        made=()
        trap '[ ${#made[@]} = 0 ] || as_root rm -f "${made[@]}"' EXIT
        policy=/usr/sbin/policy-rc.d
        if ! [ -e $policy ]; then
            made+=($policy)
            printf '#!/bin/sh\nexit 101\n' | as_root tee $policy
            as_root chmod 755 $policy
        fi
        if ! has_postgres; then
            clusters=/etc/postgresql-common/createcluster.d
            made+=($clusters/hoithi.conf)
            as_root mkdir -p $clusters
            echo 'create_main_cluster = false' | as_root tee $clusters/hoithi.conf
        fi
        apt="env DEBIAN_FRONTEND=noninteractive apt-get -q -y -o DPkg::Lock::Timeout=300 -o Dpkg::Use-Pty=0"
        as_root $apt update
        as_root $apt install --no-install-recommends "${missing[@]}"
        for server in redis-server nginx; do
            if [[ " ${missing[*]} " == *" $server "* ]] && command -v systemctl; then
                as_root systemctl disable "$server" || true
            fi
        done
    ) >"$log" 2>&1 </dev/null || status=$?
    [ $status = 0 ] || tail -25 "$log" >&2
    rm -f "$log"
    [ $status = 0 ] || die "installing ${missing[*]} failed; the reason is above"
    missing=()
}
