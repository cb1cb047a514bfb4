from dataiku.runnables import Runnable


class PageRunnable(Runnable):
    def run(self, progress_callback):
        return "<h1>Grüße</h1>"
