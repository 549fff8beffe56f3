# Lỗi trong đề thi viết bằng Word hoặc dán vào: điều gì sai, và (.fix) sửa thế nào.

## Phương án gộp

fault-pin-names-letters = Phương án { $label } nhắc tới chữ cái của phương án khác; khi trộn phương án, chữ cái ấy sẽ chỉ phương án khác.
    .fix = Phương án này đã được giữ ở chỗ của nó. Nên viết lại cho không còn chữ cái, ví dụ “Tất cả các phương án còn lại”, hoặc đặt cuộc thi không trộn phương án.
fault-pin-names-place = Phương án { $label } nói tới các phương án “trên”, nên chỉ đúng khi đứng cuối.
    .fix = Phương án này đã được giữ ở chỗ của nó; bạn xem lại nó có đứng cuối không.
