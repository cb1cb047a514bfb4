from dataiku.runnables import ResultTable, Runnable


class TableRunnable(Runnable):
    def run(self, progress_callback):
        table = ResultTable()
        table.add_column("step", "Step", "STRING")
        table.add_column("tags", "Tags", "STRING_LIST")
        table.add_record(["<first>", ["a", "b"]])
        return table
