package dev.entrepot.formats.prototxt;

/** What a field of a message holds: one scalar or a message. */
public sealed interface ProtoValue permits ProtoMessage, ProtoScalar {}
