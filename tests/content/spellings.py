"""How people write quotations: of a resolution 57-NQ/TW, a regulation 399-QĐ/TW and the Law on Youth."""

NUMBERS = (
    "57-NQ/TW", "57-nq/tw", "57 nq tw", "57nq/tw", "57 – NQ/TW", "57-NQ/TƯ", "NQ57", "NQ 57", "nq-57", "NQ57-TW",
    "nghị quyết 57",
    "nghi quyet 57", "Nghị quyết số 57", "NGHỊ QUYẾT SỐ 57-NQ/TW",
    "Nghị quyết số 57-NQ/TW ngày 22/12/2024 của Bộ Chính trị",
    "nghị quyết 57 ngày 22 tháng 12 năm 2024", "Nghị quyết số 057-NQ/TW", "nghị quyết 57 năm 2024", "“57-NQ/TW”",
    "(57-NQ/TW)",
    "nghị quyết 57 của bộ chính trị về đột phá", "Nghi quyet so 57-NQ/TW cua Bo Chinh tri",
)  # fmt: skip
PARTS = {
    "khoản 2 Điều 3 Quy định 399": "dieu-3.khoan-2",
    "Điều 3 khoản 2 quy định 399": "dieu-3.khoan-2",
    "khoản 2, Điều 3, Quy định số 399-QĐ/TW": "dieu-3.khoan-2",
    "k2 đ3 399-QĐ/TW": "dieu-3.khoan-2",
    "k2 d3 qd399": "dieu-3.khoan-2",
    "đ3k2 QĐ 399": "dieu-3.khoan-2",
    "Quy định 399 điều 3 khoản 2": "dieu-3.khoan-2",
    "399-QĐ/TW, Điều 3, khoản 2": "dieu-3.khoan-2",
    "khoan 2 dieu 3 quy dinh 399": "dieu-3.khoan-2",
    "Khoản 02 Điều 03 của Quy định số 399-QĐ/TW": "dieu-3.khoan-2",
    "khoản 2 Điều 3 Quyết định 399-QĐ/TW": "dieu-3.khoan-2",
    "điểm b khoản 2 Điều 3 Quy định 399": "dieu-3.khoan-2.diem-b",
    "điểm b, khoản 2, điều 3 399-QĐ/TW": "dieu-3.khoan-2.diem-b",
    "điểm b) khoản 2 Điều 3 Quy định 399": "dieu-3.khoan-2.diem-b",
    "Điều 3 quy định 399": "dieu-3",
    "Chương II quy định 399": "chuong-2",
    "chương 2 quy định 399": "chuong-2",
    "mục II.3 nghị quyết 57": "ii.3",
    "mục II nghị quyết 57": "ii",
    "II.3 57-NQ/TW": "ii.3",
    "Nghị quyết 57, mục II, mục 3": "ii.3",
    "khoản 3 mục II Nghị quyết 57": "ii.3",
    "điểm 3 phần II nghị quyết 57": "ii.3",
    "phần II nghị quyết 57": "ii",
    "muc ii.3 nghi quyet 57": "ii.3",
    "II 57-NQ/TW": "ii",
    "điểm a khoản 1 điều 12 luật thanh niên": "dieu-12.khoan-1.diem-a",
    "điểm đ khoản 1 Điều 12 Luật Thanh niên năm 2020": "dieu-12.khoan-1.diem-dd",
    "điểm d khoản 1 Điều 12 Luật Thanh niên": "dieu-12.khoan-1.diem-d",
    "điểm đ Điều 12 Luật số 57/2020/QH14": "dieu-12.khoan-1.diem-dd",
}
LAWS = (
    "Luật Thanh niên", "luật thanh niên 2020", "luat thanh nien", "Luật Thanh niên năm 2020",
    "Luật Thanh niên số 57/2020/QH14",
    "57/2020/QH14", "57/2020/qh 14", "LUẬT THANH NIÊN", "Luật Thanh niên ngày 16/6/2020",
)  # fmt: skip

NOTHING = (
    "", " ", ".;,", "–", "\x00", "\ufffd", "58-NQ/TW", "57-NQ/TU", "57-CT/TW", "chỉ thị 57", "Luật Thanh",
    "Luật Giáo dục", "Điều 3",
    "Luật Thanh niên 1999", "khoản 2 Điều 3", "Quy định này", "Điều này", "chuyển đổi số 2025", "năm 2024",
    "kế hoạch 5 năm", "22/12/2024",
    "'; DROP TABLE document; --", "57%", "%", "_", "57-NQ/T_", "{}", "{0}", "<script>alert(1)</script>",
    "../../etc/passwd",
    "9" * 300, "57-" + "A" * 2_000, "khoản " * 400, "Điều 1 " * 300, "٥٧-NQ/TW", "(" * 2_000, "\ud800",
)  # fmt: skip
