### Những vòng theo thể lệ chung.

rform-common-rounds = Theo thể lệ chung, không có quy định riêng:
rform-common-note = Bấm vào tên vòng nếu muốn đặt quy định riêng cho vòng ấy.
