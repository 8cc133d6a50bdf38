"""Addresses of this door. The names are those by which allauth finds its own steps."""

from django.urls import URLPattern, URLResolver, path

from tanggap.web.account import (
    views,
    views_devices,
    views_directory,
    views_invitation,
    views_leave,
    views_office,
    views_passkeys,
    views_password,
)

urlpatterns: list[URLPattern | URLResolver] = [
    path("masuk", views.SignInView.as_view(), name="account_login"),
    path("masuk/kode", views.CodeView.as_view(), name="mfa_authenticate"),
    path("keluar", views.SignOutView.as_view(), name="account_logout"),
    path("akun", views.AccountView.as_view(), name="mfa_index"),
    path("akun/cuti", views_leave.leave, name="account_leave"),
    path("akun/jabatan", views_office.office, name="account_office"),
    path("akun/langkah-kedua", views_office.factor, name="account_factor"),
    path("masuk/kunci-sandi", views_passkeys.SignInView.as_view(), name="mfa_login_webauthn"),
    path("masuk/direktori/<slug:key>", views_directory.out, name="account_directory"),
    path("masuk/direktori/<slug:key>/kembali", views_directory.back, name="account_directory_back"),
    path("akun/direktori/lepas", views_directory.unlink, name="account_directory_unlink"),
    path("akun/kunci-sandi", views_passkeys.ListView.as_view(), name="mfa_list_webauthn"),
    path("akun/kunci-sandi/baru", views_passkeys.AddView.as_view(), name="mfa_add_webauthn"),
    path("akun/kunci-sandi/<int:pk>/nama", views_passkeys.NameView.as_view(), name="mfa_edit_webauthn"),
    path("akun/kunci-sandi/<int:pk>/hapus", views_passkeys.RemoveView.as_view(), name="mfa_remove_webauthn"),
    path("akun/pastikan/kunci-sandi", views_passkeys.AgainView.as_view(), name="mfa_reauthenticate_webauthn"),
    path("akun/perangkat", views_devices.listing, name="account_devices"),
    path("undangan/<str:signed>", views_invitation.accept, name="account_invitation"),
    path("kata-sandi/<str:signed>", views_password.new, name="account_password_link"),
    path("akun/bahasa", views.language, name="account_language"),
    path("akun/kata-sandi", views.PasswordView.as_view(), name="account_change_password"),
    path("akun/pastikan", views.PasswordAgainView.as_view(), name="account_reauthenticate"),
    path("akun/pastikan/kode", views.CodeAgainView.as_view(), name="mfa_reauthenticate"),
    path("akun/dua-langkah", views.EnrolView.as_view(), name="mfa_activate_totp"),
    path("akun/dua-langkah/matikan", views.UnenrolView.as_view(), name="mfa_deactivate_totp"),
    path("akun/kode-pemulihan", views.RecoveryCodesView.as_view(), name="mfa_view_recovery_codes"),
    path("akun/kode-pemulihan/baru", views.NewRecoveryCodesView.as_view(), name="mfa_generate_recovery_codes"),
]
