"""Annotated Indonesian texts: «kind|value» is personal data, everything in NOTHING is none. All invented."""

CASES = """
NIK saya «nik|3603121505900001» mohon dicek.
nik:«nik|3671014107850003»
No. KTP «nik|36.03.12.150590.0001» atas nama saya
Nomor Induk Kependudukan «nik|3603 1215 0590 0001»
KTP saya dengan NIK «nik|3603-1215-0590-0001» hilang
data kependudukan «nik|3604056303990002» belum aktif
E-KTP nomor «nik|360312150590001» (kurang satu angka) ditolak
nik nya «nik|３６０３１２１５０５９００００１» tidak terdaftar
NIK «nik|3603​1215​0590​0001» disembunyikan dengan spasi tak terlihat
NIK «nik|36O3I2I5O59OOOO1» ditulis dengan huruf
NIK anak saya «nik|3 6 0 3 1 2 1 5 0 5 9 0 0 0 0 1»
Nomor KK «kk|3603120101080004» tidak muncul
kartu keluarga no «kk|3671 0101 0108 0004»
KK: «kk|3604.0501.0107.0099» sudah diserahkan
no. kk saya «kk|3603-1201-0108-0004» tolong diperiksa
Kartu Keluarga (KK) «kk|3602111203150012»
NPWP «npwp|01.234.567.8-901.000» tidak valid
npwp saya «npwp|012345678901000»
NPWP baru «npwp|3603121505900001»
wajib pajak nomor «npwp|09.876.543.2-101.000»
tercantum «npwp|12.345.678.9-012.345» di surat itu
NPWP: «npwp|12 345 678 9 012 345»
Kartu BPJS saya «bpjs|0001234567890» nonaktif
BPJS Kesehatan no «bpjs|0002345678901»
nomor jkn «bpjs|0001 2345 67890» dan faskes
peserta KIS «bpjs|0003456789012» ditolak RS
BPJS Ketenagakerjaan nomor «bpjs|12345678901»
terdaftar dengan «bpjs|0009876543210»
Transfer ke rekening BCA «bank_account|1234567890» atas permintaan oknum
rek mandiri «bank_account|1550001234567»
norek BRI «bank_account|0123-01-004567-50-8»
no. rekening «bank_account|7123456789» BSI
rekening bjb «bank_account|0012345678901»
diminta transfer ke BNI «bank_account|0987654321»
Bank Mandiri «bank_account|155-00-0123456-7» diminta petugas
Virtual Account «bank_account|8808081234567890»
kartu kredit «card|4111 1111 1111 1111» dibobol
kartu debit «card|5500-0000-0000-0004»
nomor «card|4012 8888 8888 1881» milik saya
kartu ATM saya «card|6011000990139424» tertelan
«card|4111111111111111» tercetak di struk
HP saya «phone|081234567890»
hp: «phone|0812-3456-7890»
WA «phone|0812 3456 7890» ya pak
hubungi «phone|+6281234567890»
hubungi «phone|+62 812-3456-7890»
telp «phone|62 812 3456 7890»
«phone|6281234567890» nomor pelapor
nomor «phone|(+62) 812 3456 7890»
kontak «phone|0857.1234.5678»
di «phone|0877 123 456»
WhatsApp «phone|0838-1234-567»
bisa dihubungi di «phone|0819 0123 4567», terima kasih
«phone|081 234 567 890»
«phone|08 12 34 56 78 90»
«phone|0812/3456/7890» tolong ditelepon
«phone|0812_3456_7890»
«phone|0812,3456,7890»
no saya «phone|812-3456-7890»
tanpa angka awal: «phone|812-3456-7890» itu
kantor «phone|(021) 5551234»
telepon «phone|(021) 5551234»
telepon «phone|021-5551234»
telepon «phone|021 555 1234»
telp «phone|0254-200123»
Telp. «phone|0254 391234» ext 5
«phone|+62 21 5551234»
«phone|+6225 4200123»
rumah «phone|02125512345»
rumah «phone|0254200123»
telp rumah «phone|200123» sore hari
fax «phone|0252-201234»
saudara di luar negeri «phone|+65 9123 4567»
«phone|+60 12-345 6789» dari Malaysia
«phone|O8l2-345O-789O» pakai huruf
«phone|０８１２３４５６７８９０» lebar penuh
«phone|0812‌3456‍7890» disisipi
«phone|0️⃣8️⃣1️⃣2️⃣3️⃣4️⃣5️⃣6️⃣7️⃣8️⃣» emoji
«phone|٠٨١٢٣٤٥٦٧٨٩٠» angka Arab
«phone|nol delapan satu dua tiga empat lima enam tujuh delapan»
nomor «phone|kosong delapan satu tiga, sembilan sembilan, dua dua, tiga tiga»
«phone|0812 tiga empat lima enam tujuh delapan sembilan nol»
‮«phone|098765432180»‬ terbalik
hape «phone|0895 3456 78901» aktif
dana/gopay «phone|085712345678»
Pak Ali «phone|0813-9876-5432» dan Bu Ani «phone|0813 9876 5433»
nomor: «phone|0821-1234-5678», «phone|0821-1234-5679»
«phone|081234567890» «phone|081234567891»
surel «email|budi.santoso@gmail.com»
email: «email|siti_99@yahoo.co.id».
«email|ani+lapor@contoh.or.id» tidak dibalas
kirim ke «email|budi [at] gmail [dot] com»
kirim ke «email|budi(at)gmail.com»
«email|budi @ gmail.com» saja
«email|budi at gmail dot com»
«email|budi at gmail titik com» kata dia
«email|rahmat.hidayat@bantenprov.go.id» tidak aktif
<«email|a1@b2.id»>
surel：«email|ｂｕｄｉ＠ｇｍａｉｌ.com»
«email|BUDI@GMAIL.COM» huruf besar
plat «plate|B 1234 XYZ» parkir sembarangan
mobil «plate|A 1234 BC» ugal-ugalan
truk «plate|A1234BC» bermuatan lebih
nopol «plate|B-1234-XYZ»
«plate|BE 8765 AB» melanggar
«plate|F 12 AB» berhenti di trotoar
motor «plate|b 3456 kzx» kabur
nomor polisi «plate|A 9012 VX»
angkot «plate|A 1902 TA» ngetem
pelat «plate|D 1234»
kendaraan dinas «plate|A 1025 A»
dump truk «plate|BG 8123 UK» merusak jalan
kendaraan berpelat «plate|Z 4321 DE»
«plate|DK 1234 QQ» menyerobot
sepeda motor «plate|A.4455.XY»
saya tinggal di «address|Jl. Merdeka No. 12» Serang
di «address|Jalan Ahmad Yani nomor 5A»
«address|Jl Raya Cilegon KM 3 No. 45», Serang
«address|Jl. K.H. Wahid Hasyim No.3B»
«address|Gang Mawar 3 No 7» banjir
«address|gg. haji ali no 12»
«address|Perumahan Griya Asri Blok C5 No. 12»
«address|Blok D2/15» belum dapat air
«address|blok a 12» gelap
Kp. Sawah «address|RT 03/RW 05» Desa Cibodas
warga «address|RT 02 RW 07»
di «address|RT.02/07» Kelurahan Sukasari
«address|RT 003 / RW 005» Kel. Cipare
«address|RT/RW 03/05»
«address|RT/RW: 001/012»
«address|rt 5 rw 3» kampung baru
«address|RT 01» sudah seminggu mati lampu
«address|RW 09» belum ada posyandu
«address|RW VII» belum
«address|Komplek Pemda Blok B No 3»
«address|Jl. Veteran 12», Serang
«address|Jalan Sudirman 45» «address|RT 01» depan rumah
alamat: «address|Jln. Kenanga Raya no.: 8»
saya di «address|rumah no 12» cat hijau
«address|Kavling DPR No. 20»
«address|Apartemen Serpong Tower B No 1205»
«address|JL. DIPONEGORO NO. 21» TANGERANG
NIP «long_number|19800101 200501 1 001» atas nama kepala sekolah
ID pelanggan «long_number|536712345678» padam terus
nomor meter «long_number|14223344556»
«long_number|9999999999999999» enam belas angka
kode «long_number|1234.5678.9012.3456»
kode «long_number|1234 5678 9012 3456»
kode «long_number|12-34-56-78-90-12-34-56»
«long_number|1234 - 5678 - 9012 - 3456»
NOP PBB «long_number|36.03.120.005.012-0345.0»
Bapak «name_after_honorific|Budi Santoso» menagih
Pak «name_after_honorific|Ujang» ketua panitia
Ibu «name_after_honorific|Siti Aminah» menolak
Bpk. H. «name_after_honorific|Ahmad Fauzi» berkata
Sdr. «name_after_honorific|Dedi Kurniawan» sebagai pelaksana
a.n. «name_after_honorific|Rina Marlina» rekeningnya
atas nama «name_after_honorific|Joko Susilo»
nama saya «name_after_honorific|Tono» dari Serang
bernama «name_after_honorific|Asep Saepudin» meminta uang
Bu «name_after_honorific|Neneng» bagian loket
Sdri. «name_after_honorific|Wulandari» di loket 2
Terlapor: Bpk. «name_after_honorific|Hidayat» dan Ny. «name_after_honorific|Kartini»
Saudara: «name_after_honorific|Gunawan Wibisono» sebagai saksi
menurut Pak. «name_after_honorific|Darmin» dan Bu. «name_after_honorific|Lastri» di loket
pak «name_after_honorific|Rudi» yang jaga
KH. «name_after_honorific|Mukhlis» memimpin
NIK 3 anak: «nik|3603121505900001» «nik|3603121505900002»
nik «nik|3.603.121.505.900» kurang tiga angka
kartu «card|3782 822463 10005» Amex
nomor «long_number|12345 67890 1234» tidak jelas
nomor «long_number|12345 67890 12345» tidak jelas
HP «phone|0812ㅤ3456ㅤ7890» disisipi huruf kosong
telp «phone|812345» kantor lama
Mohon hubungi saya di nomor «phone|0813 1122 3344» atau surel «email|warga.peduli@outlook.com» setelah jam 5 sore.
Petugas bernama «name_after_honorific|Hendra» minta Rp 500.000.
ditransfer ke rekening BRI «bank_account|341201012345536» a/n «name_after_honorific|Hendra Gunawan».
NIK saya dan istri: «nik|3602145508820003» dan «nik|3602140107790006».
Sudah telepon ke «phone|0254-7912345» sejak 3 Maret 2025 tapi tidak diangkat.
Truk pasir «plate|A 8765 ZX» dan «plate|B 9123 UIO» lewat tiap malam di Jl. Raya Bojonegara KM 5.
Alamat saya «address|Perum Taman Ciruas Permai Blok E3 No. 14», «address|RT 004/RW 011», Kec. Ciruas.
Tolong WA «phone|0 8 1 2 3 4 5 6 7 8 9 0»
no hp/wa: «phone|0878-7788-9900»(aktif 24 jam)
Nomor kartu keluarga kami 3 orang «kk|3604121203100007»
KTP an «name_after_honorific|Sarinah» nik «nik|3604 1263 0475 0001»
ini nik saya:«nik|3673041212900002»,tolong
HP0 «phone|0852–1234–5678»
«phone|+62.811.123.4567»
«phone|(0254) 200 - 123»
Bapak «name_after_honorific|Suparman» di «address|Jl. Letjen Suprapto No 7» Cilegon
plat nomor «plate|A 3 BC» mobil dinas
mobil avanza putih «plate|b1234kjh»
BPJS ibu saya «bpjs|000 1234 567 890»
pin ATM dan nomor «card|5264 2212 3456 7894»
«email|info_warga.01@mail.co»
email saya budi123 (gmail)
kirim ke ovo «phone|0896-1234-5678»
telp «phone|0812 . 3456 . 7890»
IG @budi_99 dan «phone|0812–34567–890»
3 anak, NIK «nik|3603-12-650590-0002»
gang «address|Gang H. Saleh RT 01»
rumah «address|kontrakan Jl Cendana Raya no 45-47» dekat masjid
rekening nomor «bank_account|0071-01-012345-50-1»
Hubungi saya («phone|0812-3456-7890») bila perlu.
Telepon («phone|0812-1111-2222»/«phone|0812-3333-4444») tidak aktif.
kontak («phone|+62 812-3456-7890»), siang saja
Truk bernomor «plate|B 9021 TYU» menabrak portal.
mobil nomor «plate|B 1234 XYZ» menerobos
Nama ibu saya Ibu «name_after_honorific|Suminah» dicoret dari daftar
Pak Haji «name_after_honorific|Romli» menutup gang umum.
BAPAK «name_after_honorific|SUPARDI» MENOLAK KAMI
Ibu «name_after_honorific|Diana» dan Bapak «name_after_honorific|Dian»
"""

NOTHING = """
Biaya Rp1.500.000 diminta petugas.
Rp 250.000,- per siswa
Rp. 1.234.567.890 dari APBD
rugi Rp1500000 bulan ini
sebesar 12.500.000 rupiah
1.500.000 orang terdampak
anggaran 2,5 miliar
bantuan 600.000 belum cair
sekitar 10.000.000 liter
Rp3.000.000.000.000 anggaran
harga 15.000-20.000 per karung
Tanggal 12-05-2025 jalan longsor.
tgl 12/5/2025 pukul 08.30
2025-05-12 14:30:15
12.05.2025
12-05-2025 s/d 14-05-2025
12-05-2025 - 14-05-2025
pukul 08.00-16.00 WIB
08.00-12.00 13.00-16.00
08:00 sampai 16:00
sejak tahun 2019
tahun 2019-2024
tahun 2018, 2019, 2020 dan 2021
17 Agustus 1945
jam 24.00
Jalan Raya Serang KM 12 berlubang
Jl. Raya Cilegon Km. 3,5 rusak
Jalan Tol Tangerang-Merak KM 57
jalan rusak 3 bulan
jalan 28 Oktober rusak
jalan sepanjang 200 meter
sudah 3 kali lapor
Jalan nasional 2 arah
Jalan Raya Serang berlubang sedalam 30 cm
Pasal 28 ayat (1) UUD 1945
UU 25/2009 Pasal 37
UU No. 25 Tahun 2009 tentang Pelayanan Publik
Jalan itu diatur Perda No. 12 Tahun 2011
Permen PANRB Nomor 62 Tahun 2018
Peraturan Presiden Nomor 76 Tahun 2013
Nomor 800/1234-BKD/2025
surat nomor 045.2/1234/Diskominfo tanggal 3 Mei 2025
SK Nomor 821.2/KEP.123/2024
No. 0123/SK/2024
nomor laporan 0000-0000 sudah masuk
lapor #9165816 belum ditanggapi
laporan #5403850
kode pos 42117
hubungi 112 atau 110
layanan 1708
call center 14045
kelas 7A dan 8B
SMPN 3 Kota Serang
SDN 12 Cipocok
SMA Negeri 1 Rangkasbitung
Kecamatan 14 desa
limbah B3 dibuang
vitamin B 12 habis
golongan A 3 orang
Blok M gelap
Pasar Blok A Tanah Abang
antrean A 12
kolom B 12
pasal 5 huruf A
koordinat -6.120312, 106.150312
suhu 36,5 derajat
volume 12.000 m3
panjang 1.200 m
tegangan 900 VA
listrik 1300 watt
skor 85,75
5 orang dewasa dan 12 anak
antara 10-15 menit
perbandingan 3:1
dana desa 2024 sebesar 1.200.000.000
rekening listrik bulan Mei 2025 naik
rekening air naik 20%
telepon tidak diangkat 3 kali
WA tidak dibalas sejak 2 hari
KTP belum jadi 6 bulan
BPJS kelas 3 ditolak
KK sudah 2 minggu
nomor antrean 123
ibu hamil 7 bulan
Ibu Kota Provinsi Banten
Bapak Bupati yang terhormat
Pak Lurah tidak di tempat
Bapak/Ibu Kepala Dinas
Pak RT setempat
Bu Kades sudah tahu
satu dua tiga kali lapor
dua orang petugas
tiga hari yang lalu
hadir 3 @ 5.000
@diskominfo tolong
suara 12.345 dan 6.789
persen 12.5%
TPS 012 Desa Kramatwatu
gardu 3 dan 4
lampu 12 titik padam
truk 8 ton lewat
P21 sudah lama
T 20 ASN
COVID-19 dan H5N1
A4 80 gram
L 300 DAN lainnya
RT setempat diam
RW sudah tahu
tiket 2025-000123
pukul 7 pagi
17.08.2025 pukul 10.00
bayar rekening listrik 1.250.000 per bulan
tagihan rekening air 150.000
dana desa 250.000.000 dipotong
diminta transfer 1500000 ke oknum
ada di pos jaga
rapat at kantor desa
@ 5.000
x @ kantor
(at) kantor.walikota
lihat /@gmail.com
Dana BOS Rp 1.200.000/siswa/tahun dipotong 10% sejak Juli 2024.
Proyek senilai Rp4.567.890.123,00 di ruas Jl. Syekh Nawawi sepanjang 2,35 km.
Kelas 5 SDN Kragilan 2 kekurangan 12 meja dan 24 kursi.
Jadwal Samsat Senin-Jumat 08.00 - 14.00, Sabtu 08.00-12.00.
Laporan saya #9165816 tanggal 01/02/2025 belum dijawab.
Jalan Raya Pandeglang - Labuan KM 21+300 longsor.
Harga gas 3 kg naik dari 18.000 menjadi 25.000.
Sesuai Pasal 12 UU No 20 Tahun 2001 jo. UU 31/1999.
Lampu PJU di Jl. Jenderal Sudirman mati 14 titik sejak 2 minggu.
Pada 2023, 2024, dan 2025 kami sudah 3 kali musrenbang.
Antrean no 45 loket 3 RSUD Banten.
PDAM mati dari jam 6 pagi s.d. jam 10 malam.
Bus AKDP jurusan Serang-Merak 20 menit sekali.
Tenggat 14 hari kerja sesuai Permen PANRB 62/2018.
Bantuan PKH tahap 2 (April-Juni 2025) Rp750.000 belum masuk.
Ibu-ibu pengajian dan bapak-bapak ronda resah.
Kampung kami 120 KK tidak punya MCK.
Jl. Lingkar Selatan Cilegon banyak lubang sedalam 30 cm, lebar 2 m.
Data 1.234 dari 5.678 warga.
Suhu 38,5 selama 3 hari; tensi 120/80.
Lokasi GPS -6.114321,106.153210
Truk lebih dari 10 ton lewat pukul 22.00-04.00.
Kontrak nomor 027/123/PPK/DPUPR/2025.
Nilai UTBK 612,5 dan peringkat 45 dari 1.200.
Dua dari tiga pompa rusak, satu diperbaiki.
Nama ibu saya dicoret dari daftar penerima bansos tanpa pemberitahuan.
Terima kasih atas laporan Saudara. Laporan telah kami teruskan kepada bidang jalan.
Kami menghargai kesabaran Saudara. Tim kami datang pekan depan.
Terima kasih atas laporan Saudari. Hasil pemeriksaan kami sampaikan di sini.
Demikian penjelasan kami kepada Bapak. Semoga berkenan.
Kami sudah menghubungi Ibu. Kerusakan itu dicatat.
Baik, Pak. Laporan sudah kami catat. Terima kasih, Bu. Tim kami datang besok.
NAMA IBU SAYA DICORET DARI DAFTAR
Ibu Saya Ditolak Di IGD Karena BPJS Nonaktif
IBU SAYA TIDAK DILAYANI
Nama Saya Hilang Dari DTKS
Nama saya tidak ada di daftar penerima BLT desa.
Nama anak saya salah ketik di kartu keluarga.
Nama suami saya tercantum dua kali
Nama kakak saya dijadikan penjamin tanpa izin oleh koperasi.
Nama: tidak ingin disebut, mohon laporan ini dirahasiakan.
Namanya dipakai orang lain untuk pinjaman
Nama SMA kami sudah berubah tetapi di Dapodik belum.
Oknum bernama inisial D meminta uang.
Bapak Gubernur Banten yang saya hormati, jalan kami rusak.
Pak Menteri Pendidikan tolong hapus pungutan.
Pak Polisi tidak ada di perempatan waktu jam sibuk.
Mbak Kasir koperasi sekolah menahan ijazah.
Jemaah Haji Banten terlambat berangkat.
Jalan KH. Abdul Fatah Hasan gelap gulita setiap malam.
Jalan Ustadz Uzair Yahya berlubang dekat pasar.
Jalan Raya Prof. Dr. Ir. Sutami rusak parah oleh truk.
RSUD dr. Drajat Prawiranegara menolak pasien BPJS.
Puskesmas tutup padahal jam kerja (08.00-14.00).
antrean nomor B 12 ditutup
"""


def annotated(line: str) -> tuple[str, list[tuple[int, int, str]]]:
    """Return the text without its annotations, and where which kind stands."""
    text, spans = "", []
    rest = line
    while "«" in rest:
        before, _, rest = rest.partition("«")
        text += before
        inside, _, rest = rest.partition("»")
        kind, _, value = inside.partition("|")
        spans.append((len(text), len(text) + len(value), kind))
        text += value
    return text + rest, spans


POSITIVES = [annotated(line) for line in CASES.strip().splitlines()]
NEGATIVES = NOTHING.strip().splitlines()
