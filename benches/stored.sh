# Scenarios about what is stored; bin/bench reads this file.

# The number of round 2 in the database, and its first eight digits in ids of attempts.
round_2() { query hoithi -c "select round_id from rounds where number = 2"; }

# an_id ROUND SECOND: an expression for the id of an attempt, made as the server makes it.
an_id() {
    printf "(lpad(to_hex(%s), 8, '0') || lpad(to_hex(%s), 8, '0') || left(replace(gen_random_uuid()::text, '-', ''), 16))::uuid" "$1" "$2"
}

# store_people FIRST COUNT: so many people, numbered from FIRST, like the first one that is there.
store_people() {
    local like
    [ "$2" -gt 0 ] || return 0
    like=$(query hoithi -c "
        select string_agg(quote_ident(attname), ', ' order by attnum) from pg_attribute
        where attrelid = 'participants'::regclass and attnum > 0 and not attisdropped and attgenerated = ''
            and attname not in ('participant_id', 'phone_hash', 'national_id_hash')")
    query hoithi -c 'set session_replication_role = replica' -c "
        insert into participants (participant_id, phone_hash, $like) overriding system value
        select n, sha256(n::text::bytea), $like
        from (select * from participants order by participant_id limit 1) p, generate_series($1::bigint, $1 + $2 - 1) n" \
        -c 'analyze participants'
}

# need_room COUNT: whether the disk has room for so many attempts more, with their answers, people, indexes and log.
need_room() {
    local wanted=$(($1 * 4 + 10000000)) free
    free=$(df --output=avail -k "$scratch" | tail -1)
    [ "$free" -gt "$wanted" ] || die "$((wanted / 1000000)) GB are needed in $scratch, $((free / 1000000)) GB are free"
}

# store_running COUNT SECONDS: so many attempts of round 2, all of whose time is up in so many seconds, as they would stand
# had people sat them: papers of round 1, fifteen answers and a prediction saved.
store_running() {
    local count=$1 seconds=$2 id
    id=$(round_2)
    query hoithi -c "
        with made as (
            select $(an_id $id "extract(epoch from now())::bigint") as attempt_id,
                   1000000000 + n as participant_id, now() + interval '$seconds s' as deadline_at, n
            from generate_series(1, $count) n),
        papers as (select array_agg(paper) as papers from (select paper from attempts limit 500) sample),
        queued as (
            insert into running (round_id, attempt_id, participant_id, check_at)
            select $id, attempt_id, participant_id, deadline_at + interval '5 s' from made),
        head as (update start_heads set starts = starts + $count where round_id = $id returning starts - $count as before)
        insert into attempts (round_id, attempt_id, participant_id, number, sequence, started_at, deadline_at, paper)
        select $id, attempt_id, participant_id, 1, before + n, deadline_at - interval '15 min', deadline_at,
               papers[1 + n % 500]
        from made, papers, head" -c 'analyze running, attempts'
    query hoithi -F ' ' -c "select replace(r.attempt_id::text, '-', ''), r.participant_id,
            (extract(epoch from r.check_at) * 1000)::bigint, extract(epoch from r.check_at)::bigint + 86400
            from running r where round_id = $id and participant_id between 1000000001 and 1999999999" |
        awk 'function put(word) { printf "$%d\r\n%s\r\n", length(word), word }
            {
                key = "hoithi:a:{" $1 "}"
                printf "*44\r\n"
                put("HSET"); put(key); put("p"); put($2); put("e"); put($3)
                put("o"); put("444444444444444"); put("m"); put("000000000000000"); put("n"); put("15")
                for (q = 1; q <= 15; q++) { put("q" q); put("1:B") }
                put("g"); put("1:" NR)
                printf "*3\r\n"
                put("EXPIREAT"); put(key); put($4)
            }' | redis-cli -s "$data/redis/run/redis.sock" --pipe >"$scratch/pipe.log" || die "$(cat "$scratch/pipe.log")"
}

# So many attempts whose time is up in the same second, while others save. Says how long after their deadline and grace the
# last one was durable; the report is that of the others' saves.
expiry() {
    local count=${HOITHI_BENCH_EXPIRING:-100000} wait id due last
    wait=$((30 + count / 4000))
    measure calm hoithi 1 saves --rate 1000 --connections 64
    store_people 1000000001 "$count"
    store_running "$count" "$wait"
    id=$(round_2)
    due=$(query hoithi -c "select extract(epoch from max(check_at) - now())::int from running where participant_id between 1000000001 and 1999999999")
    [ "$due" -gt 3 ] || die "the attempts took so long to make that their time is up already"
    sleep $((due - 2))
    (
        until [ "$(query hoithi -c "select exists(select from running where participant_id between 1000000001 and 1999999999)")" = f ]; do sleep 0.2; done
        query hoithi -c "select round(extract(epoch from clock_timestamp() - max(deadline_at) - interval '5 s'), 1) from attempts
            where round_id = $id and participant_id between 1000000001 and 1999999999" >"$scratch/expired"
    ) &
    local watching=$!
    # It measures from two seconds before until the last is finished, as far as one can tell beforehand.
    local seconds=${HOITHI_BENCH_EXPIRING_S:-25} warm_up=1
    measure expiry hoithi 1 saves --rate 1000 --connections 64
    wait $watching
    last=$(query hoithi -c "select count(*) filter (where how = 'timed_out') || ' of $count are durable, '
        || count(*) filter (where responses not like '%\"\"%') || ' of them with every answer' from submissions
        where participant_id between 1000000001 and 1999999999")
    printf 'Expiring together: %s; the last one %s s after deadline and grace.\n' "$last" "$(cat "$scratch/expired")" |
        tee -a "$scratch/notes" >&2
}

# What an entry costs when so many are stored in its round already. Every size is measured right after a checkpoint, with
# nothing left to be packed, counted or tidied up.
growth() {
    local stored id before=0 begun size
    id=$(round_2)
    for stored in ${HOITHI_BENCH_STORED:-10000 100000 1000000 5000000}; do
        [ "$stored" -gt "$before" ] || die "HOITHI_BENCH_STORED names growing numbers"
        need_room $((stored - before))
        begun=$(date +%s)
        query postgres -c "alter system set max_wal_size = '8GB'" -c 'select pg_reload_conf()' >/dev/null
        store_people $((2000000001 + (before + 2) / 3)) $(((stored + 2) / 3 - (before + 2) / 3))
        store_finished "$id" "$before" "$stored"
        query hoithi -c "vacuum (analyze) attempts_r$id" -c "vacuum (analyze) submissions_r$id"
        # The live list and the statistics of questions take in what is new before anything is measured.
        until [ "$(query hoithi -c "
            select (select count(*) * 128 >= $stored - 256 from submission_packs where round_id = $id)
               and exists(select from item_tallies t join round_heads h using (round_id)
                          where round_id = $id and t.upto >= h.submissions - 256)")" = t ]; do
            sleep 1
        done
        query postgres -c 'alter system reset max_wal_size'
        settings
        query hoithi -c checkpoint
        size=$(query hoithi -c "select pg_size_pretty(pg_database_size('hoithi'))")
        printf 'Stored: %s attempts, made in %s s; the database holds %s.\n' "$stored" $(($(date +%s) - begun)) "$size" |
            tee -a "$scratch/notes" >&2
        before=$stored
        ours "entries-$stored-stored" entries --users 64
    done
}

# store_finished ROUND FROM TO: attempts FROM + 1 to TO of a round, each handed in, three by each person; ids are spread like
# real ones, papers are those of round 1.
store_finished() {
    local id=$1 from=$2 upto=$3 next key who
    # Twenty a second, long before those who are measured.
    key="(lpad(to_hex($id), 8, '0') || lpad(to_hex((1700000000 + n / 20)::bigint), 8, '0') || left(md5('stored' || n), 16))::uuid"
    who="2000000001 + (n - 1) / 3, 1 + (n - 1) % 3"
    while [ "$from" -lt "$upto" ]; do
        next=$((from + 500000 < upto ? from + 500000 : upto))
        query hoithi -c 'set session_replication_role = replica' -c "
            with papers as (select row_number() over () - 1 as place, paper
                            from (select paper from attempts where round_id <> $id limit 500) sample),
            heads as (update start_heads set starts = starts + $next - $from where round_id = $id
                      returning starts - $next as before)
            insert into attempts_r$id (round_id, attempt_id, participant_id, number, sequence, started_at, deadline_at, paper)
            select $id, $key, $who, before + n, now() - interval '5 min', now(), paper
            from generate_series($from + 1::bigint, $next) n join papers on place = n % (select count(*) from papers), heads" -c "
            with ends as (update round_heads set submissions = submissions + $next - $from where round_id = $id
                          returning submissions - $next as before)
            insert into submissions_r$id (round_id, attempt_id, participant_id, number, sequence, received_at, finished_at,
                                          duration_ms, how, responses, score, correct, total, prediction, receipt)
            select $id, $key, $who, before + n, now(), now(), 300000, 'submitted',
                   '[\"A\",\"B\",\"C\",\"D\",\"A\",\"B\",\"C\",\"D\",\"A\",\"B\",\"C\",\"D\",\"A\",\"B\",\"C\"]',
                   n % 16 * 10, n % 16, 15, n, upper(left(md5(n::text), 10))
            from generate_series($from + 1::bigint, $next) n, ends"
        from=$next
    done
}

# What the server holds for attempts that run: a server that has served five thousand people, then so many more who begin and
# do not hand in. All that differs is what runs.
running() {
    local count=${HOITHI_BENCH_RUNNING:-100000} warm=5000 home=$scratch/running skip=0 warm_up=0 seconds=5 idle before after kept
    mkdir -p "$home"
    ln -sfn "$data" "$home/data"
    store_people 3000000001 $((warm + count))
    query hoithi -F ' ' -c "select participant_id, contest_id, login_epoch from participants
        where participant_id > 3000000000 order by 1" >"$home/people"
    stop $hoithi_pid
    start_hoithi
    idle=$(resident)
    measure running-warm hoithi 1 rush --count $warm --within $((warm / 400)) --new 0
    before=$(resident) kept=$(redis_memory) skip=$warm
    measure running hoithi 1 rush --count "$count" --within $((count / 400 + 1)) --new 0
    after=$(resident)
    printf 'Running: of %s attempts %s run; the server held %s MB at first, %s MB with %s, %s MB with all; Redis %s MB more.\n' \
        "$count" "$(query hoithi -c 'select count(*) from running where participant_id > 3000000000')" \
        "$((idle / 1024))" "$((before / 1024))" $warm "$((after / 1024))" "$((($(redis_memory) - kept) / 1048576))" |
        tee -a "$scratch/notes" >&2
}

# Memory of the server, kB.
resident() { sed -n 's/^VmRSS:[^0-9]*\([0-9]*\).*/\1/p' "/proc/$hoithi_pid/status"; }

# Memory of what Redis keeps, bytes.
redis_memory() { redis-cli -s "$data/redis/run/redis.sock" info memory | sed -n 's/^used_memory:\([0-9]*\).*/\1/p'; }

# Ranking beside the best plain query over the same submissions, on the PostgreSQL of the server but in a database of its own.
ranking() {
    local rows=${HOITHI_BENCH_ROWS:-500000 5000000} count
    query postgres -c 'create database ranking owner hoithi'
    for count in $rows; do
        need_room $((count / 3))
        say "Ranking $count submissions"
        DATABASE_URL="postgres://hoithi@localhost/ranking?host=$sockets" "$ranking" --rows "$count" >"$scratch/ranked" ||
            die "ranking broke off"
        { printf 'Ranking:\n\n```\n' && cat "$scratch/ranked" && printf '```\n\n'; } | tee -a "$scratch/notes" >&2
    done
    query postgres -c 'drop database ranking'
}
