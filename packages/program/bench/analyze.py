"""What androguard 4 does for one app: `python analyze.py app.apk`."""
import sys

from loguru import logger

logger.remove()

from androguard.misc import AnalyzeAPK  # noqa: E402

AnalyzeAPK(sys.argv[1])
