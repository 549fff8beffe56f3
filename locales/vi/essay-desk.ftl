# Danh sách bài viết của người chấm, từng trang.

essay-list-waiting = Chờ bạn chấm, theo thứ tự chấm
essay-list-done = Bạn đã chấm. Sửa điểm cần ghi lý do.
essay-list-counted = Đã tính vào xếp hạng. Ai chưa chấm một bài thì được chấm lại bài đó, có ghi lý do; điểm chấm lại là điểm được tính.
essay-list-waiting-count = Chờ bạn chấm ({ $n })
essay-list-done-count = Bạn đã chấm ({ $n })
essay-list-counted-count = Chấm lại bài đã xếp hạng ({ $n })
essay-list-first = Về trang đầu
essay-desk-counted = Bảng xếp hạng đã tính điểm bài này, nên hai người chấm không sửa điểm của mình nữa. Cần chấm lại thì nhờ một người chưa chấm bài này; điểm của người ấy được lấy.
