"""Whether a demonstration grows stands in a small file that every page may ask for."""

from tanggap.adapters import demo_state


def test_a_folder_without_the_file_is_no_demonstration(tmp_path):
    assert demo_state.read(tmp_path) == {}
    assert not demo_state.is_growing(tmp_path)


def test_it_grows_until_it_is_complete(tmp_path):
    demo_state.write(tmp_path, {"reports": 3, "state": demo_state.GROWING})
    assert demo_state.is_growing(tmp_path)
    demo_state.write(tmp_path, {"reports": 3, "state": demo_state.COMPLETE})
    assert not demo_state.is_growing(tmp_path)


def test_a_broken_file_breaks_no_page(tmp_path):
    (tmp_path / demo_state.NAME).write_text("[", encoding="utf-8")
    assert not demo_state.is_growing(tmp_path)
    (tmp_path / demo_state.NAME).write_text("[]  ", encoding="utf-8")
    assert not demo_state.is_growing(tmp_path)
