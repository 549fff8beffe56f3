# Việc lâu trong bàn làm việc: chốt, xếp hạng, lập tệp.

wait-work = Đang làm. Với vài trăm nghìn bài thi mất vài giây.
wait-file = Đang lập tệp. Danh sách vài trăm nghìn dòng mất chừng nửa phút.
wait-come = Đang tải tệp về
wait-done = Đã tải xong.
wait-failed = Chưa lấy được tệp. Xem lại mạng rồi bấm lần nữa.
wait-bar = Việc đang chạy
wait-units = {"{n}"} giây|{"{mb}"} MB
