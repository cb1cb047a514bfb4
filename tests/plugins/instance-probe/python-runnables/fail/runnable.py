from dataiku.runnables import Runnable


class FailRunnable(Runnable):
    def run(self, progress_callback):
        raise ValueError("the probe fails on purpose")
