#!/bin/bash
# From closing to the award with a large round: makes a round of simulated entries, then closes, ranks, approves and publishes it and
# writes every list and paper, and prints how long each took and how much memory its process held at most. Leaves nothing running
# and nothing behind.
#
#   benches/award.sh                   500,000 entries
#   benches/award.sh --entries N …     so many
#   benches/award.sh --keep DIR …      also keeps the files that were written in DIR
#
# HOITHI_BIN names a server that is built already.
#
# Each step is a command of its own against a running server, so its time holds the start of a process and the opening of the
# contest, and its memory is its own and that of the program that sets pages, not the server's.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/../bin/lib.sh"

entries=500000 keep=
while [ $# -gt 0 ]; do
    case $1 in
    --entries) entries=${2:?} && shift ;;
    --keep) keep=$(realpath -m "${2:?}") && shift ;;
    *) sed -n '2,14s/^# \{0,1\}//p' "$0" && exit 2 ;;
    esac
    shift
done
[[ "$entries" =~ ^[0-9]+$ ]] && [ "$entries" -ge 1000 ] || die "at least 1000 entries, in digits"

scratch= server=
clean_up() {
    local status=$?
    trap - EXIT
    [ -z "$server" ] || { kill "$server" && wait "$server"; } 2>/dev/null
    [ -z "$scratch" ] || rm -rf "$scratch"
    exit $status
}
trap clean_up EXIT
trap 'exit 130' INT TERM HUP

# held PROCESS: the most memory it has held until now, and the programs it has started, kB.
held() {
    local process sum=0 own
    for process in $1 $(pgrep -P "$1"); do
        own=$(sed -n 's/^VmHWM:[^0-9]*\([0-9]*\).*/\1/p' "/proc/$process/status" 2>/dev/null || true)
        sum=$((sum + ${own:-0}))
    done
    echo $sum
}

now_ms() { date +%s%3N; }

# step LABEL ARGUMENTS…: one command; a line of the table.
step() {
    local label=$1 begun process most=0 seen taken size=–
    shift
    begun=$(now_ms)
    "$hoithi" --data "$data" "$@" >"$scratch/step.log" 2>&1 &
    process=$!
    while kill -0 $process 2>/dev/null; do
        seen=$(held $process)
        [ "${seen:-0}" -le "$most" ] || most=$seen
        sleep 0.05
    done
    wait $process || die "$label: $(tail -3 "$scratch/step.log")"
    taken=$(($(now_ms) - begun))
    [ ! -s "$scratch/out/${!#}" ] || size=$(awk -v b="$(stat -c %s "$scratch/out/${!#}")" 'BEGIN { printf "%.1f MB", b / 1e6 }')
    awk -v l="$label" -v t=$taken -v m=$most -v s="$size" 'BEGIN { printf "| %s | %.1f s | %s | %.0f MB |\n", l, t / 1e3, s, m / 1024 }'
}

# list LABEL LIST FORMAT
list() {
    cd "$scratch/out"
    step "$1" export "$2" --contest bench --round 1 --format "$3" --by "Chị Hà" --out "$2.$3"
}

find_cargo
need_servers
install_missing
if [ -z "${HOITHI_BIN-}" ]; then
    say "Building"
    (cd "$root" && SQLX_OFFLINE=true cargo build --quiet --locked --release --workspace --bin hoithi --bin hoithi-typeset)
fi
hoithi=${HOITHI_BIN:-${CARGO_TARGET_DIR:-$root/target}/release/hoithi}

scratch=$(mktemp -d /var/tmp/hoithi-award.XXXXXX)
chmod 755 "$scratch"
mkdir "$scratch/out"
data=$scratch/data
unset DATABASE_URL REDIS_URL HOITHI_DATA HOITHI_SECRET HOITHI_SECRET_FILE
export LC_ALL=C.UTF-8
"$root/benches/contest.sh" "$scratch/bench"
# 55 winners, equals at a border drawn by lot: nobody is there to decide.
sed -i -e 's/^places = 10$/places = 54/' -e 's/^tie = "board"$/tie = "draw"/' "$scratch/bench/contest.toml"
"$hoithi" --data "$data" load "$scratch/bench" >"$scratch/load.log" 2>&1 || die "$(cat "$scratch/load.log")"
say "Starting the server"
"$hoithi" serve --data "$data" --listen "127.0.0.1:${HOITHI_BENCH_PORT:-18941}" >"$scratch/server.log" 2>&1 &
server=$!
until grep -qs localhost "$scratch/server.log"; do
    kill -0 $server 2>/dev/null || die "$(tail -5 "$scratch/server.log")"
    sleep 0.1
done
say "Making $entries entries"
begun=$(now_ms)
"$hoithi" --data "$data" simulate --contest bench --round 1 --entrants $((entries * 100 / 229)) --attempts-mean 2.29 --format json \
    >"$scratch/made.json" 2>"$scratch/simulate.log" || die "$(tail -3 "$scratch/simulate.log")"
made=$(grep -o '"attempts": *[0-9]*' "$scratch/made.json" | grep -o '[0-9]*$')
people=$(grep -o '"people": *[0-9]*' "$scratch/made.json" | grep -o '[0-9]*$')
say "Made in $((($(now_ms) - begun) / 1000)) s"

printf '%s entries of %s people, %s × %s:\n\n' "$made" "$people" "$(nproc)" \
    "$(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -1)"
printf '| step | took | file | resident at most |\n| --- | --- | --- | --- |\n'
step "close, with all blockers looked at" round bench 1 close --by "Chị Hà"
step "rank: standings, prizes, figures of units" round bench 1 rank --by "Chị Hà"
step "approve" round bench 1 approve --by "Anh Minh"
for format in csv xlsx json; do
    for name in entries standings winners units; do list "$name as $format" "$name" "$format"; done
done
list "questions as xlsx" items xlsx
list "decision with its list as docx" decision docx
list "decision with its list as pdf" decision pdf
list "figures of units as pdf" units pdf
list "report with charts as docx" report docx
list "report with charts as pdf" report pdf
list "55 certificates as pdf" certificates pdf
step "publish" round bench 1 publish --by "Anh Minh"
own=$(sed -n 's/^VmHWM:[^0-9]*\([0-9]*\).*/\1/p' "/proc/$server/status")
printf '\nThe server, which stood by and packed entries meanwhile, held at most %d MB.\n' $((own / 1024))
if [ -n "$keep" ]; then
    mkdir -p "$keep"
    cp "$scratch"/out/* "$keep"
fi
