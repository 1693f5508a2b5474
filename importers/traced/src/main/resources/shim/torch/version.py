__version__, cuda, hip, git_version, debug = "2.7.0", None, None, "", False
