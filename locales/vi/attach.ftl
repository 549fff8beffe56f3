# Hình, tiếng và phim trong mẫu sửa và thêm câu hỏi.

attach-title = Hình, âm thanh, phim
attach-hint = Hiện ngay dưới câu hỏi, nhiều nhất 4 tệp. Phương án chỉ có chữ: nếu các phương án là hình, ghép chúng thành một hình có ghi A, B, C, D.
attach-alt-picture = Chữ mô tả hình
attach-alt-other = Chữ mô tả (không bắt buộc)
attach-drop = Bỏ tệp này
attach-file = Thêm một tệp (không bắt buộc)
attach-file-hint = Hình .jpg, .png, .webp, .gif đến 10 MB; âm thanh .mp3, .ogg, .m4a đến 5 MB; phim .mp4, .webm đến 16 MB. Hình được vẽ lại cho nhẹ.
attach-alt-new = Chữ mô tả của tệp mới
attach-alt-hint = Bắt buộc với hình: nói hình có gì cho người không nhìn thấy, mà không lộ đáp án.
attach-button = Gắn tệp vào câu
attach-lost = Một tệp đã chọn không còn được giữ (quá một giờ). Chọn lại tệp đó; những gì đã nhập vẫn còn.
attach-gone = Bỏ
attach-come = Thêm
