# Scenarios about what is stored; bin/bench reads this file.

# The number of round 2 in the database, and its first eight digits in ids of attempts.
round_2() { query hoithi -c "select round_id from rounds where number = 2"; }

# an_id ROUND SECOND: an expression for the id of an attempt, made as the server makes it.
an_id() {
    printf "(lpad(to_hex(%s), 8, '0') || lpad(to_hex(%s), 8, '0') || left(replace(gen_random_uuid()::text, '-', ''), 16))::uuid" "$1" "$2"
}

# store_people FIRST COUNT: so many people, numbered from FIRST, like the first one that is there.
store_people() {
    query hoithi -c "
        insert into participants overriding system value
        select made.* from (select * from participants order by participant_id limit 1) p, generate_series($1::bigint, $1 + $2 - 1) n,
            jsonb_populate_record(null::participants, to_jsonb(p) || jsonb_build_object('participant_id', n,
                'phone_hash', '\\x' || encode(sha256(n::text::bytea), 'hex'), 'national_id_hash', null)) made" -c 'analyze participants'
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
            from running r where round_id = $id and participant_id > 1000000000" |
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
    due=$(query hoithi -c "select extract(epoch from max(check_at) - now())::int from running where participant_id > 1000000000")
    [ "$due" -gt 3 ] || die "the attempts took so long to make that their time is up already"
    sleep $((due - 2))
    (
        until [ "$(query hoithi -c "select exists(select from running where participant_id > 1000000000)")" = f ]; do sleep 0.2; done
        query hoithi -c "select round(extract(epoch from clock_timestamp() - max(deadline_at) - interval '5 s'), 1) from attempts
            where round_id = $id and participant_id > 1000000000" >"$scratch/expired"
    ) &
    local watching=$!
    # It measures from two seconds before until the last is finished, as far as one can tell beforehand.
    local seconds=${HOITHI_BENCH_EXPIRING_S:-25} warm_up=1
    measure expiry hoithi 1 saves --rate 1000 --connections 64
    wait $watching
    last=$(query hoithi -c "select count(*) filter (where how = 'timed_out') || ' of $count are durable, '
        || count(*) filter (where responses not like '%\"\"%') || ' of them with every answer' from submissions
        where participant_id > 1000000000")
    printf 'Expiring together: %s; the last one %s s after deadline and grace.\n' "$last" "$(cat "$scratch/expired")" |
        tee -a "$scratch/notes" >&2
}

# What an entry costs when so many are stored in its round already.
growth() {
    local stored id before=0
    for stored in ${HOITHI_BENCH_STORED:-10000 100000 1000000}; do
        id=$(round_2)
        store_people $((2000000001 + before)) $(((stored - before + 2) / 3))
        query hoithi -c "
            with made as (
                select $(an_id $id "(extract(epoch from now()) - ($stored - n) * 0.05)::bigint")
                           as attempt_id, n
                from generate_series($((before + 1))::bigint, $stored) n),
            papers as (select array_agg(paper) as papers from (select paper from attempts limit 500) sample),
            heads as (update start_heads set starts = starts + $stored - $before where round_id = $id
                      returning starts - $stored as before),
            ends as (update round_heads set submissions = submissions + $stored - $before where round_id = $id
                     returning submissions - $stored as before),
            kept as (
                insert into submissions (round_id, attempt_id, participant_id, number, sequence, received_at, finished_at,
                                         duration_ms, how, responses, score, correct, total, prediction, receipt)
                select $id, attempt_id, 2000000001 + $before + (n - $before - 1) / 3, 1 + (n - $before - 1) % 3, before + n, now(), now(), 300000, 'submitted',
                       '[\"A\",\"B\",\"C\",\"D\",\"A\",\"B\",\"C\",\"D\",\"A\",\"B\",\"C\",\"D\",\"A\",\"B\",\"C\"]',
                       n % 16 * 10, n % 16, 15, n, upper(left(md5(n::text), 10))
                from made, ends)
            insert into attempts (round_id, attempt_id, participant_id, number, sequence, started_at, deadline_at, paper)
            select $id, attempt_id, 2000000001 + $before + (n - $before - 1) / 3, 1 + (n - $before - 1) % 3, before + n, now() - interval '5 min', now(),
                   papers[1 + n % 500]
            from made, papers, heads" -c 'vacuum (analyze) attempts' -c 'vacuum (analyze) submissions'
        before=$stored
        # The live list and the statistics of questions take in what is new before anything is measured.
        until [ "$(query hoithi -c "
            select (select count(*) * 128 >= $stored - 256 from submission_packs where round_id = $id)
               and exists(select from item_tallies t join round_heads h using (round_id)
                          where round_id = $id and t.upto >= h.submissions - 256)")" = t ]; do
            sleep 1
        done
        ours "entries-$stored-stored" entries --users 64
    done
}
