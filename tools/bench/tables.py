#!/usr/bin/env python3
"""Compares searches of tables with scikit-learn on the same rows and prints JSON, a line for each
table and seed.

Usage: tools/bench/tables.py FOLDER OUT [--seeds 1 2 3] [--tables mpg titanic ...] [--set PATH=VALUE ...]

FOLDER has public tables under the names below; OUT keeps the parts, the runs and their logs, and
what is there is not computed again. A table is divided as scikit-learn divides it: a fifth of the
rows for the test, stratified by the class, with the seed as random_state, and a fifth of the rest
for validation. Tandem has the three parts (data.csv_parts) and its default budget. scikit-learn has
the training and the validation part together: linear is LogisticRegression or Ridge, mlp is
MLPClassifier or MLPRegressor with early stopping, boosting is HistGradientBoosting; all with their
defaults, medians and indicators for missing numbers, standardised numbers, and an input for each
category that two rows have.

Needs Python 3.10 with scikit-learn and pandas, and ./tandem.
"""

import argparse
import gzip
import io
import json
import pathlib
import subprocess
import sys
import warnings
from dataclasses import dataclass

import pandas as pd
from sklearn.compose import TransformedTargetRegressor, make_column_transformer
from sklearn.ensemble import HistGradientBoostingClassifier, HistGradientBoostingRegressor
from sklearn.impute import SimpleImputer
from sklearn.linear_model import LogisticRegression, Ridge
from sklearn.metrics import (
    accuracy_score,
    balanced_accuracy_score,
    roc_auc_score,
    root_mean_squared_error,
)
from sklearn.model_selection import train_test_split
from sklearn.neural_network import MLPClassifier, MLPRegressor
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import FunctionTransformer, OneHotEncoder, StandardScaler

ROOT = pathlib.Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Table:
    """How a table is written, and what it predicts."""

    file: str
    target: str = "-1"
    regression: bool = False
    header: bool = False
    ignore: tuple = ()
    quote: str = '"'

    def settings(self):
        """What Tandem is told."""
        said = ["data.format.target=" + self.target] if self.regression else []
        if not self.regression and self.target != "-1":
            said.append("data.format.label=" + self.target)
        if not self.header:
            said.append("data.format.header=false")
        if self.ignore:
            said.append("data.format.ignore=" + ",".join(self.ignore))
        if self.quote != '"':
            said.append("data.format.quote=" + self.quote)
        return said


TABLES = {
    "adult": Table("adult-train.csv.gz"),
    "titanic": Table("titanic.csv", "survived", header=True, ignore=("alive",)),
    "german-credit": Table("german-credit.csv"),
    "phoneme": Table("phoneme.csv.gz"),
    "breast-cancer": Table("breast-cancer.csv", quote="'"),
    "penguins": Table("penguins.csv", "species", header=True),
    "horse-colic": Table("horse-colic.csv", "22", ignore=("2",)),
    "oil-spill": Table("oil-spill.csv", ignore=("0",)),
    "winequality-white": Table("winequality-white.csv", regression=True),
    "abalone": Table("abalone.csv", regression=True),
    "auto-imports": Table("auto-imports.csv", regression=True),
    "mpg": Table("mpg.csv", "mpg", regression=True, header=True),
    "diamonds": Table("diamonds.csv.gz", "price", regression=True, header=True),
}


class Rows:
    """The rows of a table, as lines and as columns, and which of them are in which part."""

    def __init__(self, table, folder, seed):
        path = folder / table.file
        text = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
        lines = [line for line in text.decode().splitlines() if line.strip()]
        frame = pd.read_csv(
            io.StringIO("\n".join(lines)),
            header=0 if table.header else None,
            quotechar=table.quote,
            skipinitialspace=True,
            na_values=["?"],
        )
        frame.columns = [str(column) for column in frame.columns]
        target = table.target if table.header else frame.columns[int(table.target)]
        self.head = lines[:1] if table.header else []
        self.lines = lines[len(self.head) :]
        self.targets = frame[target] if table.regression else frame[target].astype("string")
        self.features = frame.drop(columns=[target, *table.ignore])
        known = [row for row, missing in enumerate(frame[target].isna()) if not missing]
        self.rest, self.test = self._split(table, known, seed)
        self.train, self.validation = self._split(table, self.rest, seed)

    def _split(self, table, rows, seed):
        classes = None if table.regression else self.targets.iloc[rows]
        return train_test_split(rows, test_size=0.2, random_state=seed, stratify=classes)

    def write(self, folder):
        """Writes the three parts."""
        folder.mkdir(parents=True, exist_ok=True)
        for part in ("train", "validation", "test"):
            rows = self.head + [self.lines[row] for row in getattr(self, part)]
            (folder / f"{part}.csv").write_text("\n".join(rows) + "\n")


def tandem(table, rows, out, seed, settings):
    """The test metrics of a search."""
    parts, run = out / "parts", out / "run"
    rows.write(parts)
    if not (run / "result.json").exists():
        said = [f"data.csv_parts.{part}={parts / part}.csv" for part in ("train", "validation", "test")]
        said += table.settings() + [f"seed={seed}", *settings]
        command = [str(ROOT / "tandem"), "search", "--out", str(run)]
        for setting in said:
            command += ["--set", setting]
        with open(out / "log", "w", encoding="utf-8") as log:
            subprocess.run(command, stdout=log, stderr=log, check=True)
    result = json.loads((run / "result.json").read_text())
    metrics = result["test.metrics"]
    names = ("rmse",) if table.regression else ("accuracy", "balanced_accuracy", "roc_auc")
    return {name: metrics[name]["value"] for name in names if name in metrics} | {
        "seconds": result["budget.seconds"]
    }


def encoder(features, dense):
    """Standardised numbers, and an input for each category."""
    numbers = features.select_dtypes("number").columns
    texts = FunctionTransformer(lambda part: part.astype("string").fillna("missing").astype(object))
    return make_column_transformer(
        (
            make_pipeline(SimpleImputer(strategy="median", add_indicator=True), StandardScaler()),
            numbers,
        ),
        (
            make_pipeline(
                texts,
                OneHotEncoder(handle_unknown="ignore", min_frequency=2, sparse_output=not dense),
            ),
            features.columns.difference(numbers),
        ),
        sparse_threshold=0 if dense else 0.3,
    )


def reference(table, rows, name, seed):
    """The test metrics of a model of scikit-learn."""
    if table.regression:
        model = {
            "linear": Ridge(),
            "mlp": TransformedTargetRegressor(
                MLPRegressor(early_stopping=True, max_iter=500, random_state=seed),
                transformer=StandardScaler(),
            ),
            "boosting": HistGradientBoostingRegressor(random_state=seed),
        }[name]
    else:
        model = {
            "linear": LogisticRegression(max_iter=1000),
            "mlp": MLPClassifier(early_stopping=True, max_iter=500, random_state=seed),
            "boosting": HistGradientBoostingClassifier(random_state=seed),
        }[name]
    fitted = make_pipeline(encoder(rows.features, name == "boosting"), model)
    fitted.fit(rows.features.iloc[rows.rest], rows.targets.iloc[rows.rest])
    features, true = rows.features.iloc[rows.test], rows.targets.iloc[rows.test]
    answers = fitted.predict(features)
    if table.regression:
        return {"rmse": root_mean_squared_error(true, answers)}
    metrics = {
        "accuracy": accuracy_score(true, answers),
        "balanced_accuracy": balanced_accuracy_score(true, answers),
    }
    if len(fitted.classes_) == 2:
        shares = fitted.predict_proba(features)[:, 1]
        metrics["roc_auc"] = roc_auc_score(true == fitted.classes_[1], shares)
    return metrics


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("out", type=pathlib.Path)
    parser.add_argument("--seeds", type=int, nargs="+", default=[1, 2, 3])
    parser.add_argument("--tables", nargs="+", choices=sorted(TABLES), default=list(TABLES))
    parser.add_argument("--set", action="append", default=[], metavar="PATH=VALUE")
    chosen = parser.parse_args()
    warnings.filterwarnings("ignore")
    for name in chosen.tables:
        for seed in chosen.seeds:
            table = TABLES[name]
            rows = Rows(table, chosen.folder, seed)
            out = (chosen.out / name / str(seed)).resolve()
            found = {model: reference(table, rows, model, seed) for model in ("linear", "mlp", "boosting")}
            found["tandem"] = tandem(table, rows, out, seed, chosen.set)
            print(json.dumps({"table": name, "seed": seed} | found), flush=True)


if __name__ == "__main__":
    sys.exit(main())
