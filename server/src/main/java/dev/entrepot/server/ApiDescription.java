package dev.entrepot.server;

import io.swagger.v3.oas.annotations.OpenAPIDefinition;
import io.swagger.v3.oas.annotations.enums.SecuritySchemeType;
import io.swagger.v3.oas.annotations.info.Info;
import io.swagger.v3.oas.annotations.info.License;
import io.swagger.v3.oas.annotations.security.SecurityScheme;

/** The title page of the generated description of the API. */
@OpenAPIDefinition(
        info =
                @Info(
                        title = "Entrepot",
                        version = "1",
                        description = "Bring a model, get ONNX and the proof that it computes the same.",
                        license = @License(name = "Apache-2.0")))
@SecurityScheme(name = "token", type = SecuritySchemeType.HTTP, scheme = "bearer")
final class ApiDescription {

    private ApiDescription() {}
}
