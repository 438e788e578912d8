"""What does the web server call?"""

import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "holdfast.settings")
application = get_wsgi_application()

# What is loaded by now lives as long as the process: looking through it for garbage, which a page with
# hundreds of rows sets off, held up one request in fifty by 30 ms.
gc.collect()
gc.freeze()
gc.set_threshold(10_000, 20, 20)
