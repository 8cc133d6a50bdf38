"""Texts for the bench: a bounded vocabulary in which a few words are everywhere and most are rare (Zipf).

The texts mean nothing. What counts is that a search meets common, middling and rare words, with Indonesian
prefixes and suffixes, so that the stemmer and the index have the work that they have in real life.
"""

import random
from dataclasses import dataclass
from itertools import accumulate

_COMMON = (
    "yang di dan ini itu untuk dengan tidak sudah kami saya dari pada ada belum mohon warga akan juga karena lebih "
    "hari atau bisa oleh agar sampai masih setiap tetapi seperti tersebut mereka kepada segera telah lagi hanya"
)
_ROOTS = (
    "jalan rusak lubang lampu air banjir sampah sekolah guru pasar jembatan saluran listrik kantor desa kota "
    "kelurahan kecamatan puskesmas obat dokter antre layan urus bayar pungut biaya tarif parkir angkut kereta bus "
    "sopir tabrak macet lalu lintas rambu trotoar halte pohon tebang kabel tiang padam mati nyala bersih kotor bau "
    "limbah pabrik asap debu bising ganggu tetangga bangun izin tanah sertifikat sawah tani pupuk irigasi panen harga "
    "beras minyak gas subsidi bantu dana salur data daftar kartu keluarga lahir nikah pindah cetak lambat tunda janji "
    "tunggu lapor periksa tinjau bongkar perbaiki ganti pasang gali tutup buka aman curi maling rawan polisi satpam "
    "anak siswa seragam buku ijazah beasiswa kelas atap bocor dinding retak runtuh ambruk longsor sungai muara laut "
    "nelayan kapal dermaga pantai wisata taman olahraga lapang gedung masjid makam rumah kontrak sewa pajak retribusi "
    "denda surat kuasa syarat berkas hilang salah tulis nama alamat nomor telepon sambung internet jaringan sinyal "
    "menara gaji honor kerja pabean buruh lembur libur pecat upah jamin sehat rawat inap rujuk bidan imunisasi gizi "
    "stunting lansia difabel kursi roda tongkat jalur sempit gelap terang panas hujan angin badai kering debit pompa "
    "pipa bocoran meter tagih pulsa token daya tegang sekring trafo gardu"
)
_FORMS = ("{}", "{}", "{}nya", "di{}", "me{}", "ber{}", "pe{}an", "ke{}an", "di{}kan", "ter{}", "{}kan", "{}an")


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Words, the most frequent first, with their cumulated weights."""

    words: tuple[str, ...]
    weights: tuple[float, ...]

    def some(self, chance: random.Random, count: int) -> str:
        """Return so many words as a text of sentences."""
        words = chance.choices(self.words, cum_weights=self.weights, k=count)
        words[0] = words[0].capitalize()
        for place in range(11, count - 1, 12):
            words[place] += "."
            words[place + 1] = words[place + 1].capitalize()
        return " ".join(words) + "."

    def at(self, share: float) -> str:
        """Return the word at a share of the vocabulary: 0 the most frequent one, 1 the rarest."""
        return self.words[int(share * (len(self.words) - 1))]


def vocabulary() -> Vocabulary:
    """Return the one vocabulary of the bench, about 2,400 words."""
    formed = [form.format(root) for form in dict.fromkeys(_FORMS) for root in dict.fromkeys(_ROOTS.split())]
    words = tuple(dict.fromkeys([*_COMMON.split(), *formed]))
    weights = (1 / (rank + 3) for rank in range(len(words)))
    return Vocabulary(words, tuple(accumulate(weights)))
