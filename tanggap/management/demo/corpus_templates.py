"""The canned texts of the offices: whose, for what, under which name, and the words."""

from typing import Final

from tanggap.domain.templates import Kind

# Unit ("" for the agency's own), kind, name, text.
PROVINCE_TEXTS: Final = (
    ("", Kind.NOTE, "Teruskan dengan tenggat", "Mohon ditindaklanjuti sebelum {{tenggat}} dan dijawab langsung kepada "
     "pelapor di halaman laporan."),
    ("", Kind.NOTE, "Mendesak: periksa hari ini", "Menyangkut keselamatan. Mohon diperiksa di lokasi hari ini juga, lalu "
     "sampaikan langkah pertamanya kepada pelapor."),
    ("", Kind.DATA_REQUEST, "Lokasi belum jelas", "Terima kasih, {{pelapor}}. Agar laporan “{{judul}}” dapat kami "
     "periksa, mohon sebutkan nama jalan, patokan terdekat dan, bila ada, fotonya."),
    ("", Kind.DATA_REQUEST, "Waktu kejadian belum jelas", "Terima kasih, {{pelapor}}. Mohon sebutkan tanggal dan jam "
     "kejadian, serta di loket atau ruang mana."),
    ("", Kind.RETURN, "Jalan kabupaten atau kota", "Ruas ini jalan kabupaten atau kota menurut keputusan bupati atau wali "
     "kota, sehingga perbaikannya wewenang pemerintah daerah setempat."),
    ("", Kind.ARCHIVE, "Sudah dijawab pada laporan lain", "Hal ini sudah kami jawab pada laporan Anda yang terdahulu. "
     "Bila ada keadaan baru, tuliskan tanggal dan tempatnya pada laporan baru."),
    ("dpupr", Kind.ANSWER, "Lubang ditambal", "{{pelapor}}, lubang yang Anda laporkan sudah kami tambal. Fotonya kami "
     "lampirkan. Bila ambles lagi, tekan “Belum selesai” pada laporan {{nomor}}."),
    ("dpupr", Kind.ANSWER, "Masuk paket pemeliharaan", "{{pelapor}}, ruas ini masuk paket pemeliharaan berkala. Sebelum "
     "paket berjalan, regu {{unit}} menutup lubang yang membahayakan."),
    ("dpupr", Kind.DATA_REQUEST, "Titik kerusakan", "Mohon sebutkan kilometer atau patokan terdekat, arah jalur, dan "
     "kira-kira panjang ruas yang rusak."),
    ("dindikbud", Kind.ANSWER, "Pungutan dikembalikan", "{{pelapor}}, sekolah sudah kami periksa. Pungutan yang tidak "
     "berdasar dikembalikan kepada orang tua; buktinya ada pada {{unit}}."),
    ("dindikbud", Kind.DATA_REQUEST, "Nama sekolah", "Mohon sebutkan nama sekolah, kelas dan tahun ajaran. Nama siswa "
     "tidak perlu disebut."),
    ("inspektorat", Kind.ANSWER, "Pemeriksaan berjalan", "{{pelapor}}, laporan Anda sedang diperiksa. Hasilnya kami "
     "sampaikan di halaman ini paling lambat {{tenggat}}."),
)  # fmt: skip
REGENCY_TEXTS: Final = (
    ("", Kind.NOTE, "Teruskan ke dinas", "Mohon dijawab kepada pelapor sebelum {{tenggat}}."),
    ("", Kind.RETURN, "Jalan provinsi", "Ruas ini jalan provinsi, sehingga perbaikannya wewenang pemerintah provinsi."),
)  # fmt: skip
SIGNER: Final = "Sekretaris Daerah (contoh)"
# Which units no decree of the province names: their line stands in the register as missing.
UNNAMED: Final = frozenset({"samsat", "tahura", "bina-marga-uptd"})
