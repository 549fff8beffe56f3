#!/bin/bash
# Writes the contest that is measured with into a folder: 200 units, 300 questions in three sets, papers of 15 questions,
# 15 minutes, as many attempts as anybody likes. Round 1 is for a simulated crowd, round 2 for the load.
#
#   benches/contest.sh DIR
set -euo pipefail

folder=${1:?where to}
mkdir -p "$folder/questions"

cat >"$folder/contest.toml" <<'END'
[contest]
title = "Cuộc thi để đo tốc độ của hệ thống"
organiser = "Tổ đo tốc độ"
description = "Không phải cuộc thi thật: chỉ để đo hệ thống chịu được bao nhiêu người vào cùng lúc."
min_age = 12
accent = "cham"
fields = { required = ["full_name", "birth_date", "phone", "unit"] }

[paper]
draw = [
  { set = "mot", level = "easy", count = 5 },
  { set = "hai", count = 5 },
  { set = "ba", count = 5 },
]
points = 10
time_limit = "15m"
shuffle = { questions = true, options = true }

[attempts]
per_round = "unlimited"
counts = "best"
wait = "0m"
feedback = "score"

[prediction]
asks = "attempts-in-round"
counted = "of-counted-attempt"

[ranking]
order = ["score desc", "prediction_error asc", "duration asc", "submitted_at asc", "registered_at asc"]
tie = "board"
per_person = { round = 1, contest = "unlimited" }

[[prize]]
scope = "round"
name = "Giải Nhất"
places = 1
value = 2_000_000

[[prize]]
scope = "round"
name = "Giải Khuyến khích"
places = 10
value = 300_000

[[round]]
number = 1
title = "Tuần 1"
opens = "2023-04-03T08:00:00+07:00"
closes = "2023-04-10T07:00:00+07:00"

[[round]]
number = 2
title = "Tuần 2"
opens = "2023-04-10T08:00:00+07:00"
closes = "2023-04-17T07:00:00+07:00"
END

{
    echo 'code,name,parent,bloc,headcount,valid_from,valid_to'
    for unit in $(seq 1 200); do
        echo "XA-$unit,Đảng bộ xã số $unit,,xa,$((500 + unit * 10)),,"
    done
} >"$folder/units.csv"

# Lengths as in real sets: a question of some 160 letters, options of some 60.
set_of() {
    local id=$1 title=$2 first=$3 number
    printf '[set]\nid = "%s"\ntitle = "%s"\n' "$id" "$title"
    for number in $(seq "$first" $((first + 99))); do
        local keys=(A B C D) levels=(easy medium hard)
        cat <<END

[[question]]
id = "cau-$number"
text = "Câu hỏi số $number: Theo Nghị quyết số $((number * 37 % 991)) năm $((1930 + number % 95)), xã, phường thứ $number trong tỉnh phải hoàn thành việc học tập, tìm hiểu lịch sử quê hương trong bao nhiêu ngày?"
options = [
  "Trong $((number + 7)) ngày, kể từ ngày $((number % 28 + 1)) của tháng phát động",
  "Trong $((number + 15)) ngày, do cấp ủy nơi đó quyết định thời gian bắt đầu",
  "Trong $((number + 30)) ngày, tính cả ngày nghỉ và ngày lễ trong thời gian ấy",
  "Trong $((number + 60)) ngày, nhưng không muộn hơn ngày cuối cùng của năm đó",
]
key = "${keys[number % 4]}"
level = "${levels[number % 3]}"
END
    done
}
set_of mot "Bộ câu hỏi thứ nhất" 1 >"$folder/questions/mot.toml"
set_of hai "Bộ câu hỏi thứ hai" 101 >"$folder/questions/hai.toml"
set_of ba "Bộ câu hỏi thứ ba" 201 >"$folder/questions/ba.toml"
