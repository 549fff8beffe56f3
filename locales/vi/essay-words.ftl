# Lời của đoạn chương trình giữ bài viết khi bài thi đã kết thúc.

essay-js-finished = Bài thi này đã nộp ở trang khác hoặc máy khác, nên chữ viết thêm ở đây không lưu được nữa. Chữ vẫn còn trong ô để bạn chép lại; tải lại trang để xem bài đã nộp.
essay-js-late = Đã hết giờ làm bài, nên chữ viết sau cùng không lưu được nữa; bản đã lưu trước đó được tính. Chữ vẫn còn trong ô để bạn chép lại.
