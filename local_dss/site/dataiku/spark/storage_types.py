"""Storage types of DSS against Spark's types, in both directions."""

from __future__ import annotations

from typing import Any

from pyspark.sql import types

from ..core.errors import DssError

_SIMPLE = {
    "string": types.StringType(),
    "tinyint": types.ByteType(),
    "smallint": types.ShortType(),
    "int": types.IntegerType(),
    "bigint": types.LongType(),
    "float": types.FloatType(),
    "double": types.DoubleType(),
    "boolean": types.BooleanType(),
    "date": types.TimestampType(),
    "dateonly": types.DateType(),
}
_NAMES: dict[type[types.DataType], str] = {type(spark_type): name for name, spark_type in _SIMPLE.items()}


def to_spark(column: dict[str, Any]) -> types.DataType:
    """Return the Spark type of a column; a nested one whose content is not described is text, as are places."""
    if column["type"] == "array" and column.get("arrayContent"):
        return types.ArrayType(to_spark(column["arrayContent"]))
    if column["type"] == "map" and column.get("mapKeys") and column.get("mapValues"):
        return types.MapType(to_spark(column["mapKeys"]), to_spark(column["mapValues"]))
    if column["type"] == "object" and column.get("objectFields"):
        return types.StructType([types.StructField(own["name"], to_spark(own)) for own in column["objectFields"]])
    if column["type"] == "datetimenotz":
        return types.TimestampNTZType()
    return _SIMPLE.get(column["type"], types.StringType())


def to_columns(schema: types.StructType) -> list[dict[str, Any]]:
    """Return the columns a DataFrame is written with; equal names and types that DSS lacks are refused."""
    repeated = sorted({name for name in schema.names if schema.names.count(name) > 1})
    if repeated:
        raise DssError(f"The DataFrame has several columns of the same name: {', '.join(repeated)}")
    return [_column(field.name, field.dataType, field.name) for field in schema.fields]


def _column(name: str, spark_type: types.DataType, path: str) -> dict[str, Any]:
    if isinstance(spark_type, types.ArrayType):
        return {"name": name, "type": "array", "arrayContent": _column("", spark_type.elementType, path)}
    if isinstance(spark_type, types.MapType):
        keys, values = (_column("", part, path) for part in (spark_type.keyType, spark_type.valueType))
        return {"name": name, "type": "map", "mapKeys": keys, "mapValues": values}
    if isinstance(spark_type, types.StructType):
        fields = [_column(own.name, own.dataType, f"{path}.{own.name}") for own in spark_type.fields]
        return {"name": name, "type": "object", "objectFields": fields}
    if type(spark_type).__name__ == "TimestampNTZType":
        return {"name": name, "type": "datetimenotz"}
    if type(spark_type) not in _NAMES:
        raise DssError(f"Column {path} of the DataFrame has the type {spark_type.simpleString()}, unsupported in DSS")
    return {"name": name, "type": _NAMES[type(spark_type)]}
