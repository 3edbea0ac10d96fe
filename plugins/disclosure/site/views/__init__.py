"""The views: each builds one page in one language out of blocks, without markup."""
