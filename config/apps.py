"""Makes our site Django's default one, so that whatever registers with the admin registers there."""

from django.contrib.admin.apps import AdminConfig


class ReferenceAdminConfig(AdminConfig):
    """Django's admin at /pengelola/.

    Its site stands outside `tanggap.admin`, because that package registers tables while it is imported
    and would do so with a site that is still being made.
    """

    default_site = "config.reference_site.ReferenceSite"
