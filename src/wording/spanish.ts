import type { MessageCode } from './message.ts';
import { spanishCli } from './spanishCli.ts';
import { spanishReport } from './spanishReport.ts';

/** Every sentence of english.ts in Spanish, with the same placeholders. */
export const spanish: Record<MessageCode, string> = {
  'source.notFound': 'No existe tal archivo o carpeta.',
  'source.notReadable': 'El archivo no se puede leer: {reason}.',
  'source.noPermission':
    'No tiene permiso para leerlo. Concédase permiso de lectura o ejecute el programa con un usuario que lo tenga.',
  'source.isFolder': 'Es una carpeta, no un archivo.',
  'source.notAFile': 'Es una tubería o un dispositivo, no un archivo.',
  'source.noText':
    'No contiene texto, así que no es un registro: un programa, una imagen o un archivo comprimido que no es gzip.',
  'source.linkLoop': 'Sus enlaces forman un círculo.',
  'source.damagedArchive':
    'El archivo comprimido está dañado o incompleto; se ha leído lo que hay antes de la parte dañada.',
  'source.noRuns': 'No se ha reconocido en él ninguna ejecución de una copia.',

  'predict.successesOnly':
    'No se puede predecir a partir de esta fuente, porque un catálogo solo enumera las ejecuciones que produjeron una copia. Añada el registro de la herramienta.',
  'predict.noRuns': 'Todavía no se puede predecir, porque ninguna ejecución ha terminado con éxito o con fallo.',

  'decision.proceed': 'El riesgo del {probability:percent} está dentro del límite del {limit:percent}.',
  'decision.wait': 'El riesgo del {probability:percent} supera el límite del {limit:percent}.',

  'confidence.nothingKnown':
    'No se sabe nada de esta tarea ni de otras parecidas; la cifra es solo un punto de partida.',
  'confidence.neighborsOnly': 'No se conoce ninguna ejecución de esta tarea; la cifra se deduce de las demás tareas.',
  'confidence.givenOnly':
    'No se conoce ninguna ejecución de esta tarea; la cifra se deduce del historial indicado en la consulta.',
  'confidence.fewRuns': 'Solo se conocen {runs} ejecuciones que terminaran con éxito o con fallo.',
  'confidence.wideInterval': 'La cifra es incierta: es probable cualquier valor del {low:percent} al {high:percent}.',
  'confidence.unproven': 'Las predicciones anteriores de esta tarea se desviaron un {error:percent} de media.',
  'confidence.notBetter':
    'Las predicciones anteriores no fueron mejores que la tasa de fallos de la tarea, del {base:percent}, así que se usa esa tasa.',
  'confidence.proven':
    'Se basa en {runs} ejecuciones; las predicciones anteriores se desviaron un {error:percent} de media, y el intervalo probable va del {low:percent} al {high:percent}.',

  'factor.recentRate':
    'De las últimas {runs} ejecuciones fallaron {failures}; del total de {total} ejecuciones falló el {base:percent}.',
  'factor.reportedFailures': 'La consulta indica {failures} fallos recientes.',
  'factor.statedRate': 'La consulta indica una tasa de éxito del {rate:percent}.',
  'factor.lastFailed': 'La última ejecución falló; tras un único fallo falló el {rate:percent} de las ejecuciones.',
  'factor.failureStreak':
    'Ha fallado {count} veces seguidas; tras una racha así falló el {rate:percent} de las ejecuciones.',
  'factor.newFailureStreak': 'Casi nunca había fallado tantas veces seguidas: {count}.',
  'factor.newSuccessStreak': 'Casi nunca había tenido éxito tantas veces seguidas: {count}.',
  'factor.lastSucceeded':
    'La última ejecución tuvo éxito; tras un único éxito falló el {rate:percent} de las ejecuciones.',
  'factor.successStreak':
    'Ha tenido éxito {count} veces seguidas; tras una racha así falló el {rate:percent} de las ejecuciones.',
  'factor.sinceLastRun': 'Comienza {gap:duration} después de la ejecución anterior; lo habitual es {usual:duration}.',
  'factor.sinceSuccess': 'Cuando comience, el último éxito habrá sido hace {age:duration}.',
  'factor.neverSucceeded': 'Ninguna de sus {runs} ejecuciones ha tenido éxito.',
  'factor.hour':
    'De las ejecuciones que comenzaron entre las {from} y las {to} falló el {rate:percent}; del total, el {base:percent}.',
  'factor.weekday':
    'De las ejecuciones de este día de la semana ({day:weekday}) falló el {rate:percent}; del total, el {base:percent}.',
  'factor.plannedSize': 'El tamaño previsto es {value:bytes}; lo habitual es {usual:bytes}.',
  'factor.lastSize': 'La última copia contenía {value:bytes}; lo habitual era {usual:bytes}.',
  'factor.plannedDuration': 'La duración prevista es {value:duration}; lo habitual es {usual:duration}.',
  'factor.lastDuration': 'La última copia duró {value:duration}; lo habitual era {usual:duration}.',
  'factor.growing': 'Las últimas copias son un {change:percent} más grandes que las anteriores.',
  'factor.shrinking': 'Las últimas copias son un {change:percent} más pequeñas que las anteriores.',
  'factor.slowing': 'Las últimas copias tardaron un {change:percent} más que las anteriores.',
  'factor.speeding': 'Las últimas copias tardaron un {change:percent} menos que las anteriores.',
  'factor.partialRuns': 'El {rate:percent} de las copias recientes quedó incompleto.',
  'factor.afterLock':
    'El último fallo fue un bloqueo; tras un bloqueo volvió a fallar el {rate:percent} de las ejecuciones.',
  'factor.afterSpace':
    'El último fallo fue por falta de espacio; después volvió a fallar el {rate:percent} de las ejecuciones.',
  'factor.afterAuth':
    'El último fallo fue un acceso rechazado; después volvió a fallar el {rate:percent} de las ejecuciones.',
  'factor.afterNetwork': 'El último fallo fue de red; después volvió a fallar el {rate:percent} de las ejecuciones.',
  'factor.afterPermission':
    'El último fallo fue por un permiso que faltaba; después volvió a fallar el {rate:percent} de las ejecuciones.',
  'factor.afterSourceMissing':
    'El último fallo fue por un origen que faltaba; después volvió a fallar el {rate:percent} de las ejecuciones.',
  'factor.afterRepositoryMissing':
    'El último fallo fue por un repositorio que faltaba; después volvió a fallar el {rate:percent} de las ejecuciones.',
  'factor.afterIntegrity':
    'El último fallo fue por datos dañados; después volvió a fallar el {rate:percent} de las ejecuciones.',
  'factor.afterTimeout':
    'El último fallo fue por agotarse el tiempo; después volvió a fallar el {rate:percent} de las ejecuciones.',
  'factor.afterOther': 'Tras un fallo como el último volvió a fallar el {rate:percent} de las ejecuciones.',
  'factor.other': 'Todos los demás indicios juntos.',

  'action.lock': 'Busque una ejecución que aún mantenga el bloqueo; quite el bloqueo solo si no hay ninguna en marcha.',
  'action.space': 'Libere espacio en el repositorio: elimine copias antiguas o amplíe el almacenamiento.',
  'action.auth': 'Compruebe la contraseña o la clave del repositorio, y si ha caducado.',
  'action.network': 'Compruebe que se llega al servidor del repositorio, y haga que la tarea lo intente de nuevo.',
  'action.permission': 'Dé al usuario de la copia permiso para leer lo que no pudo leer.',
  'action.sourceMissing': 'Compruebe que el origen existe y está montado cuando comienza la tarea.',
  'action.repositoryMissing': 'Compruebe la ruta del repositorio y que su almacenamiento está montado.',
  'action.integrity':
    'Compruebe el repositorio con la función de comprobación de la propia herramienta antes de la próxima ejecución.',
  'action.timeout': 'Averigüe por qué tardó tanto, o concédale más tiempo.',
  'action.other': 'Abra el registro en el último fallo y lea lo que dijo la herramienta.',
  'action.neverSucceeded':
    'Ejecútela una vez a mano y obsérvela: puede que nunca haya funcionado tal como está configurada.',
  'action.hour': 'Pruebe a otra hora: a esta pueden estorbar otras tareas o trabajos de mantenimiento.',
  'action.weekday': 'Mire qué más ocurre ese día de la semana.',
  'action.sinceLastRun': 'Compruebe la programación: el tiempo desde la última ejecución no es el habitual.',
  'action.size': 'Mire qué ha cambiado en el origen: el tamaño no es el habitual.',
  'action.growth': 'Compruebe que el repositorio tiene sitio para el crecimiento.',
  'action.duration':
    'Averigüe qué la hace más lenta antes de que coincida con la ejecución siguiente o agote su tiempo.',
  'action.partialRuns': 'Corrija lo que falta en las copias, o exclúyalo a propósito.',
  'anomaly.size.high':
    'La copia fue {factor} veces más grande de lo habitual: {value:bytes}, se esperaban como mucho {high:bytes}. Probablemente haya en el origen una carpeta o un volcado nuevos, registros que no se rotan o una exclusión que ya no se aplica.',
  'anomaly.size.low':
    'La copia se redujo a {value:bytes}, se esperaban al menos {low:bytes}. Probablemente faltara o estuviera vacía una parte del origen, o haya una exclusión nueva. Compruebe qué falta antes de que caduquen las copias anteriores.',
  'anomaly.size.levelShift':
    'Desde esta ejecución la copia tiene otro tamaño: {value:bytes}, antes era de {low:bytes} a {high:bytes}. Si se añadieron o quitaron datos a propósito, no hay nada que hacer.',
  'anomaly.size.drift':
    'El tamaño se ha alejado poco a poco de lo que era, hasta {value:bytes}; antes era de {low:bytes} a {high:bytes}. Compruebe que la previsión de almacenamiento sigue siendo válida.',
  'anomaly.fileCount.high':
    'Se copiaron {value:count} archivos, se esperaban como mucho {high:count}. Probablemente haya una carpeta de caché o de compilación que debería excluirse.',
  'anomaly.fileCount.low':
    'Solo se copiaron {value:count} archivos, se esperaban al menos {low:count}. Probablemente se borró, se movió o se excluyó una carpeta. Compruebe el origen.',
  'anomaly.fileCount.levelShift':
    'Desde esta ejecución el número de archivos es otro: {value:count}, antes era de {low:count} a {high:count}.',
  'anomaly.fileCount.drift':
    'El número de archivos ha cambiado poco a poco, hasta {value:count}; antes era de {low:count} a {high:count}.',
  'anomaly.duration.high':
    'La ejecución duró {value:duration}, se esperaba como mucho {high:duration}. Probablemente la red o el disco iban lentos, había otra tarea al mismo tiempo o muchos datos nuevos.',
  'anomaly.duration.low':
    'La ejecución duró solo {value:duration}, se esperaba al menos {low:duration}. Probablemente tuvo menos que hacer de lo debido: compruebe que se leyó todo el origen.',
  'anomaly.duration.levelShift':
    'Desde esta ejecución la duración es otra: {value:duration}, antes era de {low:duration} a {high:duration}. Probablemente cambió el equipo, la red, la programación o la cantidad de datos.',
  'anomaly.duration.drift':
    'Las ejecuciones han llegado poco a poco a durar {value:duration}; antes era de {low:duration} a {high:duration}. Probablemente se llena un disco, el repositorio necesita mantenimiento o crecen los datos.',
  'anomaly.added.high':
    'Se guardaron {value:bytes} de datos nuevos, se esperaban como mucho {high:bytes}. Probablemente haya archivos nuevos grandes, archivos reescritos por completo o una copia sin su predecesora.',
  'anomaly.added.low':
    'Solo se guardaron {value:bytes} de datos nuevos, se esperaban al menos {low:bytes}. Probablemente no se escribió nada en el origen: compruebe que sus aplicaciones y volcados siguen funcionando.',
  'anomaly.added.levelShift':
    'Desde esta ejecución cada una guarda otra cantidad de datos nuevos: {value:bytes}, antes era de {low:bytes} a {high:bytes}.',
  'anomaly.changedFileCount.high':
    'Cambiaron {value:count} archivos, se esperaban como mucho {high:count}. Probablemente se deba a una actualización masiva, una restauración o un cambio de fechas o propietarios.',
  'anomaly.changedFileCount.low':
    'Solo cambiaron {value:count} archivos, se esperaban al menos {low:count}. Compruebe que el origen sigue en uso.',
  'anomaly.changedFileCount.levelShift':
    'Desde esta ejecución cambia en cada una otro número de archivos: {value:count}, antes era de {low:count} a {high:count}.',
  'anomaly.changeRate.high':
    'Cambió el {value:percent} de los archivos, se esperaba como mucho el {high:percent}. Probablemente se deba a una actualización masiva, una restauración o un cambio de fechas o propietarios.',
  'anomaly.changeRate.low':
    'Solo cambió el {value:percent} de los archivos, se esperaba al menos el {low:percent}. Compruebe que el origen sigue en uso.',
  'anomaly.changeRate.levelShift':
    'Desde esta ejecución cambia en cada una otra proporción de los archivos: el {value:percent}, antes era del {low:percent} al {high:percent}.',
  'anomaly.dedupRatio.high':
    'La deduplicación ahorró mucho más de lo habitual: {value} a 1, se esperaba como mucho {high} a 1. Probablemente apenas cambió nada en el origen.',
  'anomaly.dedupRatio.low':
    'La deduplicación ahorró mucho menos de lo habitual: {value} a 1, se esperaba al menos {low} a 1. Probablemente haya archivos comprimidos, cifrados o creados de nuevo.',
  'anomaly.dedupRatio.levelShift':
    'Desde esta ejecución la deduplicación ahorra otra cantidad: {value} a 1, antes era de {low} a 1 hasta {high} a 1.',
  'anomaly.durationPerByte.high':
    'La ejecución fue {factor} veces más lenta para su tamaño de lo habitual. Probablemente la red o el disco iban lentos o había otra tarea al mismo tiempo.',
  'anomaly.durationPerByte.low':
    'La ejecución fue {factor} veces más rápida para su tamaño de lo habitual. Probablemente la mayor parte del origen se omitió o no había cambiado.',
  'anomaly.durationPerByte.levelShift':
    'Desde esta ejecución la velocidad para su tamaño es otra, en un factor de {factor}. Probablemente cambió el equipo, la red o la programación.',
  'anomaly.durationPerByte.drift':
    'Las ejecuciones han cambiado poco a poco su velocidad para su tamaño, en un factor de {factor}. Probablemente se llena un disco o el repositorio necesita mantenimiento.',
  'anomaly.ransomwareLike':
    'La mayor parte de los datos parece reescrita: {value:bytes} eran nuevos, se esperaban como mucho {high:bytes}, y el tamaño no cambió. Así se ve un cifrado por ransomware; también una conversión masiva. Compruebe ahora algunos archivos e impida que caduquen las copias anteriores.',
  'anomaly.sourceLoss.size':
    'Parece haberse perdido una parte del origen: la copia bajó a {value:bytes}, se esperaban al menos {low:bytes}. Probablemente faltaba durante la ejecución un punto de montaje, un recurso compartido o una carpeta. Compruébelo antes de que caduquen las copias anteriores.',
  'anomaly.sourceLoss.fileCount':
    'Parece haberse perdido una parte del origen: solo se copiaron {value:count} archivos, se esperaban al menos {low:count}. Probablemente faltaba durante la ejecución un punto de montaje, un recurso compartido o una carpeta. Compruébelo antes de que caduquen las copias anteriores.',

  'concern.risk':
    'La próxima ejecución fallará con una probabilidad del {probability:percent}, superior al límite del {limit:percent}.',
  'concern.overdue':
    'La ejecución que se esperaba para {expected:time} no ha llegado; lleva {late:duration} de retraso.',
  'concern.full': 'El almacenamiento se llenará en un plazo de {earliest} a {latest} días.',
  'concern.fullFrom': 'El almacenamiento puede llenarse en {earliest} días.',
  'concern.lastFailed': 'La última ejecución falló.',
  'concern.lastFailedWith': 'La última ejecución falló: {error}',
  'concern.failed': 'Esta ejecución falló.',
  'concern.failedWith': 'Esta ejecución falló: {error}',
  'concern.skippedLines': 'Esta línea no se pudo leer y se omitió; también {others} posteriores.',
  'concern.skippedLine': 'Esta línea no se pudo leer y se omitió.',

  ...spanishReport,
  ...spanishCli,
};
