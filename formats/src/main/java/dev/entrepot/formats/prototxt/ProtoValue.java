package dev.entrepot.formats.prototxt;

/** What a field of a message holds: one scalar, a message, or bytes that were not decoded. */
public sealed interface ProtoValue permits ProtoBytes, ProtoMessage, ProtoScalar {}
