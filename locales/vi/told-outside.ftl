# Bảng theo đơn vị cho trang khác, tin theo chuẩn RSS.
embed-units-of = Số liệu theo đơn vị { $round }
embed-units-text = Bảng số lượt, số người theo đơn vị có đoạn mã riêng:
feed-link-rss = địa chỉ tin (RSS)
blocs-caption = Theo khối
blocs-bloc = Khối
blocs-units = Đơn vị có người dự thi
