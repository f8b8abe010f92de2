package org.xfernas.jobs.cluster;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import org.apache.spark.serializer.KryoRegistrator;
import org.nd4j.kryo.Nd4jRegistrator;

/**
 * Lets parameter averaging send networks where a user chose Kryo as Spark's serializer: name this
 * class in {@code spark.kryo.registrator}. Kryo cannot read the fields of records.
 */
public final class CandidateRegistrator implements KryoRegistrator {

  @Override
  public void registerClasses(Kryo kryo) {
    new Nd4jRegistrator().registerClasses(kryo);
    kryo.addDefaultSerializer(Record.class, JavaSerializer.class);
  }
}
